/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-visits-plots.h"

#define SOBRE_REPORT_ERROR (sobre_report_error_quark ())
GQuark sobre_report_error_quark (void);

/**
 * SobreReportError:
 * @SOBRE_REPORT_ERROR_FORMAT: no such file format
 * @SOBRE_REPORT_ERROR_FAILED: drawing or writing failed; an older file at the path is as it was
 */
typedef enum
{
  SOBRE_REPORT_ERROR_FORMAT,
  SOBRE_REPORT_ERROR_FAILED,
} SobreReportError;

/**
 * SobreReportFormat:
 * @SOBRE_REPORT_FORMAT_PDF: A4 pages, vector
 * @SOBRE_REPORT_FORMAT_SVG: one page as long as it needs to be
 * @SOBRE_REPORT_FORMAT_PNG: the same at 144 dots per inch
 * @SOBRE_REPORT_FORMAT_HTML: one file with the pictures inside and their figures as tables
 */
typedef enum
{
  SOBRE_REPORT_FORMAT_PDF,
  SOBRE_REPORT_FORMAT_SVG,
  SOBRE_REPORT_FORMAT_PNG,
  SOBRE_REPORT_FORMAT_HTML,
} SobreReportFormat;

/**
 * SobreReport:
 * @restaurant: the title
 * @figures: what it shows, with all the comments that shall be listed
 * @visits: (nullable): of the same filter; the report tells nothing of visits and orders without
 * @labels: what the pictures say beside the figures
 * @made_at: now, ms since the epoch
 */
typedef struct
{
  const char *restaurant;
  const SobreFigures *figures;
  const SobreVisitFigures *visits;
  SobreFiguresLabels labels;
  gint64 made_at;
} SobreReport;

/** By @path's extension; %FALSE with %SOBRE_REPORT_ERROR_FORMAT for another. */
gboolean sobre_report_format_from_path (const char *path, SobreReportFormat *format, GError **error);

/** sobre_report_render: Blocks. Returns: (transfer full) (nullable): the file's bytes; %NULL with %SOBRE_REPORT_ERROR */
GBytes *sobre_report_render (const SobreReport *report, SobreReportFormat format, GError **error);

/** Renders in the format of @path's extension and replaces the file as a whole. Blocks. %FALSE with %SOBRE_REPORT_ERROR */
gboolean sobre_report_write (const SobreReport *report, const char *path, GError **error);
