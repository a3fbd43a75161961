/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-form.h"

#include "model/sobre-form-private.h"

G_DEFINE_FINAL_TYPE (SobreForm, sobre_form, G_TYPE_OBJECT)

void
sobre_form_question_free (SobreFormQuestion *self)
{
  g_free (self->id);
  g_clear_pointer (&self->label, sobre_document_text_free);
  g_clear_pointer (&self->text, sobre_document_text_free);
  g_clear_pointer (&self->low, sobre_document_text_free);
  g_clear_pointer (&self->high, sobre_document_text_free);
  g_ptr_array_unref (self->choices);
  g_free (self->choice);
  g_free (self);
}

static void
sobre_form_finalize (GObject *object)
{
  SobreForm *self = SOBRE_FORM (object);

  g_free (self->id);
  g_strfreev (self->languages);
  g_free (self->json);
  g_ptr_array_unref (self->questions);
  for (guint i = 0; i < SOBRE_FORM_N_WORDS; i++)
    g_clear_pointer (&self->words[i], sobre_document_text_free);
  g_free (self->review_url);
  G_OBJECT_CLASS (sobre_form_parent_class)->finalize (object);
}

static void
sobre_form_class_init (SobreFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_form_finalize;
}

static void
sobre_form_init (SobreForm *self)
{
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_form_question_free);
}

const char *
sobre_form_get_id (SobreForm *self)
{
  return self->id;
}

gint32
sobre_form_get_version (SobreForm *self)
{
  return self->version;
}

const char *
sobre_form_get_json (SobreForm *self)
{
  return self->json;
}

const char *const *
sobre_form_get_languages (SobreForm *self)
{
  return (const char *const *) self->languages;
}

const char *
sobre_form_get_words (SobreForm *self, SobreFormWords words, const char *language)
{
  g_assert ((guint) words < SOBRE_FORM_N_WORDS);
  return sobre_document_text_get (self->words[words], language);
}

guint
sobre_form_get_comment_max_length (SobreForm *self)
{
  return self->comment_max_length;
}

guint
sobre_form_get_contact_days (SobreForm *self)
{
  return self->contact_days;
}

const char *
sobre_form_get_review_url (SobreForm *self)
{
  return self->review_url;
}

guint
sobre_form_get_n_questions (SobreForm *self)
{
  return self->questions->len;
}

const SobreFormQuestion *
sobre_form_get_question (SobreForm *self, guint question)
{
  g_assert (question < self->questions->len);
  return g_ptr_array_index (self->questions, question);
}

const char *
sobre_form_get_question_id (SobreForm *self, guint question)
{
  return sobre_form_get_question (self, question)->id;
}

SobreAnswerKind
sobre_form_get_question_kind (SobreForm *self, guint question)
{
  return sobre_form_get_question (self, question)->kind;
}

const char *
sobre_form_question_get_kind_name (const SobreFormQuestion *self)
{
  return self->dishes ? SOBRE_FORM_DISH_KIND : sobre_answer_kind_get_name (self->kind);
}

const SobreFormQuestion *
sobre_form_find_dish_question (SobreForm *self)
{
  for (guint i = 0; i < self->questions->len; i++)
    {
      const SobreFormQuestion *question = g_ptr_array_index (self->questions, i);

      if (question->dishes)
        return question;
    }
  return NULL;
}

const char *
sobre_form_get_dish_question_id (SobreForm *self)
{
  const SobreFormQuestion *question = sobre_form_find_dish_question (self);

  return question != NULL ? question->id : SOBRE_FORM_DISH_KIND;
}

const char *
sobre_form_get_question_label (SobreForm *self, guint question, const char *language)
{
  return sobre_document_text_get (sobre_form_get_question (self, question)->label, language);
}
