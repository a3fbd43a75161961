/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "qr/sobre-card-error.h"

/* Lengths are millimetres unless a name says points (1/72 inch). */

#define SOBRE_CARD_WIDTH 105.0 /* A6 */
#define SOBRE_CARD_HEIGHT 148.0
#define SOBRE_CARD_POINTS_PER_MM (72.0 / 25.4)

/** SobreCardPaper: @SOBRE_CARD_PAPER_A6: a page a card · @SOBRE_CARD_PAPER_A4: four cards a page with cut marks */
typedef enum
{
  SOBRE_CARD_PAPER_A6,
  SOBRE_CARD_PAPER_A4,
} SobreCardPaper;

/**
 * SobreCardOrder:
 * @name: the restaurant's, as the guests know it
 * @languages: (array zero-terminated=1): BCP 47; the first is the card's language, all of them get the allergen sentence
 * @tables: a GListModel of SobreTable, in the order of printing
 * @secret: the workspace's card secret
 * @epoch: of the cards
 * @base: where guests reach the form: "http://192.168.1.20:8080"
 * @paper: what it is printed on
 * @offset_x: moves everything to the right, to correct a printer; mm
 * @offset_y: moves everything down, mm
 * @scale: per cent, about the page's upper left corner, 50–150; 0 stands for 100
 *
 * What to print, as plain values. Only read while a job is made of it.
 */
typedef struct
{
  const char *name;
  const char *const *languages;
  GListModel *tables;
  GBytes *secret;
  guint epoch;
  const char *base;
  SobreCardPaper paper;
  double offset_x;
  double offset_y;
  double scale;
} SobreCardOrder;

/**
 * SobreCardWarning: what makes cards hard to scan but does not stop a print.
 * @SOBRE_CARD_WARNING_SMALL_CODE: a code is under 25 mm wide
 * @SOBRE_CARD_WARNING_SMALL_MODULE: a module is under 0.5 mm wide
 */
typedef enum
{
  SOBRE_CARD_WARNING_NONE = 0,
  SOBRE_CARD_WARNING_SMALL_CODE = 1 << 0,
  SOBRE_CARD_WARNING_SMALL_MODULE = 1 << 1,
} SobreCardWarning;

/** SobreCardJob: the cards of a list of tables, laid out on pages. Immutable; may be used from any thread. */
typedef struct _SobreCardJob SobreCardJob;

#define SOBRE_TYPE_CARD_JOB (sobre_card_job_get_type ())
GType sobre_card_job_get_type (void);

/** sobre_card_job_new: Returns: (transfer full) (nullable): %NULL with %SOBRE_CARD_ERROR */
SobreCardJob *sobre_card_job_new (const SobreCardOrder *order, GError **error);
SobreCardJob *sobre_card_job_ref (SobreCardJob *self);
void sobre_card_job_unref (SobreCardJob *self);

guint sobre_card_job_get_n_cards (const SobreCardJob *self);
guint sobre_card_job_get_n_pages (const SobreCardJob *self);

/** The width and height of every page, points. */
void sobre_card_job_get_page_size (const SobreCardJob *self, double *width, double *height);

/** What @card's code says. */
const char *sobre_card_job_get_url (const SobreCardJob *self, guint card);

/** The module's and the code's width on paper, mm, scale included; and what is to be said about them. */
SobreCardWarning sobre_card_job_get_code_size (const SobreCardJob *self, guint card, double *module, double *code);

/** What to tell the manager about @warning, translated; %NULL for none. */
char *sobre_card_warning_describe (SobreCardWarning warning);

/** Draws one card, without the printer's correction, on A6 at the origin; user units are points. */
void sobre_card_job_draw_card (const SobreCardJob *self, cairo_t *cr, guint card);

/** Draws one page at the origin; user units are points. What a print operation and a preview call. */
void sobre_card_job_draw_page (const SobreCardJob *self, cairo_t *cr, guint page);

/**
 * sobre_card_job_check:
 *
 * Draws every page as a printer would, at 300 and at 150 dots per inch, and reads the codes back: each must be there once, say
 * exactly its URL and stand in four modules of white. Call it before a print; sobre_card_job_write() does so itself. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CARD_ERROR_UNREADABLE that names the first table whose card must not be printed
 */
gboolean sobre_card_job_check (const SobreCardJob *self, GError **error);

/**
 * SobreCardFormat: of a file.
 * @SOBRE_CARD_FORMAT_PDF: vector pages, one file
 * @SOBRE_CARD_FORMAT_SVG: a file a card
 * @SOBRE_CARD_FORMAT_PNG: a file a card, 300 dots per inch
 * @SOBRE_CARD_FORMAT_ZIP: the pages as PDF and each card as SVG and PNG in one archive
 */
typedef enum
{
  SOBRE_CARD_FORMAT_PDF,
  SOBRE_CARD_FORMAT_SVG,
  SOBRE_CARD_FORMAT_PNG,
  SOBRE_CARD_FORMAT_ZIP,
} SobreCardFormat;

/** By @path's extension; %FALSE with %SOBRE_CARD_ERROR_FORMAT for another. */
gboolean sobre_card_format_from_path (const char *path, SobreCardFormat *format, GError **error);

/**
 * sobre_card_job_render:
 * @card: which card; for PDF and ZIP it is ignored, they hold all of them
 *
 * Does not check. Blocks.
 *
 * Returns: (transfer full) (nullable): the file's bytes; %NULL with %SOBRE_CARD_ERROR_FAILED
 */
GBytes *sobre_card_job_render (const SobreCardJob *self, SobreCardFormat format, guint card, GError **error);

/**
 * sobre_card_job_write:
 * @path: its extension tells the format; for several cards as SVG or PNG each file is @path with -STORE-TABLE before the extension
 * @files: (out) (optional) (transfer full): the paths written
 *
 * Checks, then writes; a job that does not read back is refused before anything is written. Each file is replaced as a whole. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CARD_ERROR
 */
gboolean sobre_card_job_write (const SobreCardJob *self, const char *path, char ***files, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCardJob, sobre_card_job_unref)
