/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-comment-list.h"
#include "sobre-report.h"

/* The report as pages of things at places. Lengths are units of SOBRE_REPORT_SCALE points. */

#define SOBRE_REPORT_SCALE 0.8
#define SOBRE_REPORT_WIDTH (595.276 / SOBRE_REPORT_SCALE) /* A4 */
#define SOBRE_REPORT_HEIGHT (841.890 / SOBRE_REPORT_SCALE)
#define SOBRE_REPORT_ENDLESS 0.0

/** SobreReportPages: what is on which page. */
typedef struct _SobreReportPages SobreReportPages;

/**
 * sobre_report_pages_new:
 * @page_height: SOBRE_REPORT_HEIGHT, or SOBRE_REPORT_ENDLESS for one page that is as long as it needs to be
 * @max_comments: 0 for all of them
 */
SobreReportPages *sobre_report_pages_new (const SobreReport *report, double page_height, guint max_comments);
void sobre_report_pages_free (SobreReportPages *self);

guint sobre_report_pages_get_n_pages (const SobreReportPages *self);

/** The height of every page. */
double sobre_report_pages_get_height (const SobreReportPages *self);

/** Draws @page at the origin. */
void sobre_report_pages_draw (const SobreReportPages *self, SobreCanvas *canvas, guint page);

/** sobre_report_pages_get_drawings: Returns: (transfer none) (element-type SobreDrawing): all the pictures, in order */
GPtrArray *sobre_report_pages_get_drawings (const SobreReportPages *self);

/** The report's lines of words at its head: the title, what was asked, how days are counted and how old the answers are. */
const char *sobre_report_pages_get_title (const SobreReportPages *self);
const char *sobre_report_pages_get_filter (const SobreReportPages *self);
const char *sobre_report_pages_get_calendar (const SobreReportPages *self);
const char *sobre_report_pages_get_age (const SobreReportPages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreReportPages, sobre_report_pages_free)
