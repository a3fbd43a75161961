/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-overview-page.h"

#include <glib/gi18n-lib.h>

#include "pages/overview/sobre-comments-card.h"
#include "pages/overview/sobre-filter-bar.h"
#include "pages/overview/sobre-floor-card.h"
#include "pages/overview/sobre-headline-card.h"
#include "pages/overview/sobre-heat-card.h"
#include "pages/overview/sobre-notes-dialog.h"
#include "pages/overview/sobre-report-export.h"
#include "pages/overview/sobre-trend-card.h"
#include "pages/overview/sobre-visits-section.h"
#include "session/sobre-workspace-labels.h"
#include "sobre-figures-plots.h"
#include "sobre-format.h"
#include "widgets/sobre-chart-card.h"
#include "widgets/sobre-moment.h"

#define N_TILES 4
#define N_LISTED_TABLES 10

struct _SobreOverviewPage
{
  AdwBin parent_instance;

  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkStack *stack;
  GtkWidget *chip;
  GtkLabel *chip_label;
  SobreHeadlineCard *headline;
  SobreChartCard *tile1;
  SobreChartCard *tile2;
  SobreChartCard *tile3;
  SobreChartCard *tile4;
  SobreTrendCard *trend;
  SobreHeatCard *heat;
  SobreChartCard *questions;
  SobreFloorCard *tables;
  SobreCommentsCard *comments;
  SobreSession *session;
  gboolean as_table;
};

enum
{
  PROP_SESSION = 1,
  PROP_AS_TABLE,
};

G_DEFINE_FINAL_TYPE (SobreOverviewPage, sobre_overview_page, ADW_TYPE_BIN)

static gboolean
has_text (SobreOverviewPage *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static char *
or_empty (SobreOverviewPage *self, const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static char *
choose_remedy (SobreOverviewPage *self, gboolean damaged)
{
  return g_strdup (damaged ? _ ("Rebuild") : _ ("Try Again"));
}

static void
remedy_cb (SobreOverviewPage *self)
{
  gboolean damaged = FALSE;

  if (self->session == NULL)
    return;
  g_object_get (self->session, "damaged", &damaged, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), damaged ? "session.rebuild" : "session.refresh", NULL);
}

static void
show_titles (SobreOverviewPage *self)
{
  const SobreFilter *filter = sobre_session_get_filter (self->session);
  SobreServiceCalendar *calendar = sobre_workspace_get_calendar (sobre_session_get_workspace (self->session));
  guint cutoff = sobre_service_calendar_get_cutoff (calendar);
  g_autofree char *span = sobre_format_span (filter->from_day, filter->to_day);
  /* Translators: days, hour and minute of the cut-off, time zone: "16–22 Nov 2026, service days to 04:00, Europe/Berlin" */
  g_autofree char *subtitle = g_strdup_printf (_ ("%s, service days to %02u:%02u, %s"), span, cutoff / 60, cutoff % 60,
                                               sobre_service_calendar_get_time_zone (calendar));

  gtk_label_set_text (self->title_label, sobre_period_get_title (sobre_session_get_period (self->session)));
  gtk_label_set_text (self->subtitle_label, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle_label), subtitle);
}

static void
show_chip (SobreOverviewPage *self)
{
  const SobreFilter *filter = sobre_session_get_filter (self->session);
  gboolean filtered = filter->weekday >= 0 && filter->hour >= 0;

  if (filtered)
    {
      g_autofree char *text = sobre_moment_format_cell (filter->weekday, filter->hour);

      gtk_label_set_text (self->chip_label, text);
    }
  gtk_widget_set_visible (self->chip, filtered);
}

static void
filter_changed_cb (SobreOverviewPage *self)
{
  show_titles (self);
  show_chip (self);
}

static void
show_tiles (SobreOverviewPage *self, const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  SobreChartCard *tiles[N_TILES] = { self->tile1, self->tile2, self->tile3, self->tile4 };
  g_autoptr (GPtrArray) drawings = sobre_figures_make_tiles (figures, labels);

  for (guint i = 0; i < N_TILES; i++)
    {
      SobreDrawing *drawing = i < drawings->len ? g_ptr_array_index (drawings, i) : NULL;

      sobre_chart_card_set_drawing (tiles[i], drawing);
      gtk_widget_set_visible (GTK_WIDGET (tiles[i]), drawing != NULL);
    }
}

static void
show_trend (SobreOverviewPage *self)
{
  SobreFigures *figures = sobre_session_get_figures (self->session);
  SobreFiguresLabels labels = sobre_workspace_get_labels (sobre_session_get_workspace (self->session));
  g_autoptr (SobreDrawing) trend = NULL;

  if (figures == NULL || figures->newest == 0)
    return;
  labels.notes = sobre_note_book_get_notes (sobre_session_get_note_book (self->session));
  trend = sobre_figures_make_trend (figures, &labels);
  sobre_trend_card_set_drawing (self->trend, trend);
}

static void
show_figures (SobreOverviewPage *self)
{
  SobreFigures *figures = sobre_session_get_figures (self->session);
  SobreFiguresLabels labels = sobre_workspace_get_labels (sobre_session_get_workspace (self->session));
  g_autoptr (SobreHeadline) headline = NULL;
  g_autoptr (SobreDrawing) heat = NULL;
  g_autoptr (SobreDrawing) questions = NULL;
  g_autoptr (SobreDrawing) tables = NULL;

  if (figures == NULL || figures->newest == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, figures == NULL ? "loading" : "empty");
      return;
    }
  headline = sobre_headline_make (figures, &labels);
  heat = sobre_figures_make_heat_map (figures, &labels);
  questions = sobre_figures_make_questions (figures, &labels);
  tables = sobre_figures_make_tables (figures, &labels, N_LISTED_TABLES);
  sobre_headline_card_show (self->headline, headline);
  show_tiles (self, figures, &labels);
  show_trend (self);
  sobre_heat_card_set_drawing (self->heat, heat, figures->filter);
  sobre_chart_card_set_drawing (self->questions, questions);
  sobre_floor_card_set_drawing (self->tables, tables, figures->filter);
  gtk_stack_set_visible_child_name (self->stack, "figures");
}

static void
clear_cell_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreOverviewPage *self = SOBRE_OVERVIEW_PAGE (widget);

  if (self->session != NULL)
    sobre_session_set_cell (self->session, -1, -1);
}

static void
show_hour_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreOverviewPage *self = SOBRE_OVERVIEW_PAGE (widget);
  int weekday;
  int hour;

  g_variant_get (parameter, "(ii)", &weekday, &hour);
  if (self->session != NULL)
    sobre_session_set_cell (self->session, weekday, hour);
}

static void
show_table_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreOverviewPage *self = SOBRE_OVERVIEW_PAGE (widget);
  const char *store_id;
  const char *table_id;

  g_variant_get (parameter, "(&s&s)", &store_id, &table_id);
  if (self->session != NULL)
    sobre_session_set_table (self->session, store_id, table_id);
}

static void
export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreOverviewPage *self = SOBRE_OVERVIEW_PAGE (widget);

  if (self->session != NULL && sobre_session_get_figures (self->session) != NULL)
    sobre_report_export_start (widget, self->session);
}

static void
notes_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreOverviewPage *self = SOBRE_OVERVIEW_PAGE (widget);

  if (self->session != NULL)
    adw_dialog_present (sobre_notes_dialog_new (self->session), widget);
}

static void
take_session (SobreOverviewPage *self, SobreSession *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::figures", G_CALLBACK (show_figures), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sobre_session_get_note_book (session), "notify::notes", G_CALLBACK (show_trend), self,
                           G_CONNECT_SWAPPED);
  filter_changed_cb (self);
  show_figures (self);
}

static void
sobre_overview_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreOverviewPage *self = SOBRE_OVERVIEW_PAGE (object);

  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_AS_TABLE:
      g_value_set_boolean (value, self->as_table);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_overview_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreOverviewPage *self = SOBRE_OVERVIEW_PAGE (object);

  switch (property_id)
    {
    case PROP_SESSION:
      take_session (self, g_value_get_object (value));
      break;
    case PROP_AS_TABLE:
      self->as_table = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_overview_page_dispose (GObject *object)
{
  SobreOverviewPage *self = SOBRE_OVERVIEW_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_OVERVIEW_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sobre_overview_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, chip);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, chip_label);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, headline);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, tile1);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, tile2);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, tile3);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, tile4);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, trend);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, heat);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, questions);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, tables);
  gtk_widget_class_bind_template_child (widget_class, SobreOverviewPage, comments);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, or_empty);
  gtk_widget_class_bind_template_callback (widget_class, choose_remedy);
  gtk_widget_class_bind_template_callback (widget_class, remedy_cb);
}

static void
sobre_overview_page_class_init (SobreOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sobre_overview_page_get_property;
  object_class->set_property = sobre_overview_page_set_property;
  object_class->dispose = sobre_overview_page_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object_class, PROP_AS_TABLE,
      g_param_spec_boolean ("as-table", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (SOBRE_TYPE_CHART_CARD);
  g_type_ensure (SOBRE_TYPE_COMMENTS_CARD);
  g_type_ensure (SOBRE_TYPE_FILTER_BAR);
  g_type_ensure (SOBRE_TYPE_FLOOR_CARD);
  g_type_ensure (SOBRE_TYPE_HEADLINE_CARD);
  g_type_ensure (SOBRE_TYPE_HEAT_CARD);
  g_type_ensure (SOBRE_TYPE_TREND_CARD);
  g_type_ensure (SOBRE_TYPE_VISITS_SECTION);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-overview-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "overview.clear-cell", NULL, clear_cell_action);
  gtk_widget_class_install_action (widget_class, "overview.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "overview.notes", NULL, notes_action);
  gtk_widget_class_install_action (widget_class, "overview.show-hour", "(ii)", show_hour_action);
  gtk_widget_class_install_action (widget_class, "overview.show-table", "(ss)", show_table_action);
}

static void
sobre_overview_page_init (SobreOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sobre_overview_page_start_search (SobreOverviewPage *self)
{
  sobre_comments_card_start_search (self->comments);
}

void
sobre_overview_page_search (SobreOverviewPage *self, const char *text)
{
  sobre_comments_card_search (self->comments, text);
}
