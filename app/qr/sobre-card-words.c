/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/sobre-card-words.h"

#include <string.h>

/* A card speaks the house's languages, whatever language the program is shown in: so these are not in the message catalogue, which
 * knows one language at a time. */
static const SobreCardWords words[] = {
  { "en", "How was your visit?", "Tell us in one minute. No app, no sign-up.", "Table", "Allergies? Please ask our staff." },
  { "ar", "كيف كانت زيارتكم؟", "أخبرونا في دقيقة واحدة. بلا تطبيق وبلا تسجيل.", "طاولة",
    "حساسية من طعام؟ اسألوا فريقنا من فضلكم." },
  { "cs", "Jak se vám u nás líbilo?", "Stačí minuta. Bez aplikace, bez registrace.", "Stůl",
    "Alergie? Zeptejte se naší obsluhy." },
  { "da", "Hvordan var dit besøg?", "Det tager et minut. Ingen app, ingen oprettelse.", "Bord",
    "Allergi? Spørg vores personale." },
  { "de", "Wie war Ihr Besuch?", "Eine Minute genügt. Ohne App, ohne Anmeldung.", "Tisch", "Allergien? Bitte fragen Sie uns." },
  { "es", "¿Qué tal su visita?", "Cuéntenoslo en un minuto. Sin app, sin registro.", "Mesa",
    "¿Alergias? Pregunte a nuestro personal." },
  { "fr", "Comment s’est passée votre visite ?", "Une minute suffit. Sans appli, sans inscription.", "Table",
    "Des allergies ? Demandez-nous." },
  { "it", "Com’è andata la visita?", "Basta un minuto. Senza app, senza registrazione.", "Tavolo",
    "Allergie? Chieda al personale." },
  { "nl", "Hoe was uw bezoek?", "Eén minuut is genoeg. Geen app, geen account.", "Tafel", "Allergieën? Vraag het ons." },
  { "pl", "Jak minęła wizyta?", "Wystarczy minuta. Bez aplikacji i rejestracji.", "Stolik",
    "Alergie? Prosimy zapytać obsługę." },
  { "pt", "Como foi a sua visita?", "Basta um minuto. Sem app, sem registo.", "Mesa", "Alergias? Pergunte à nossa equipa." },
  { "sv", "Hur var ditt besök?", "Det tar en minut. Ingen app, ingen registrering.", "Bord", "Allergier? Fråga vår personal." },
  { "tr", "Ziyaretiniz nasıldı?", "Bir dakika yeter. Uygulama ve kayıt gerekmez.", "Masa",
    "Alerjiniz mi var? Lütfen bize sorun." },
  { "uk", "Як пройшов ваш візит?", "Вистачить хвилини. Без застосунку й реєстрації.", "Стіл",
    "Алергія? Запитайте наш персонал." },
};

static const SobreCardWords *
find (const char *language)
{
  gsize length = strcspn (language, "-_");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i].language) == length && g_ascii_strncasecmp (words[i].language, language, length) == 0)
      return &words[i];
  return NULL;
}

gboolean
sobre_card_words_has (const char *language)
{
  return find (language) != NULL;
}

const SobreCardWords *
sobre_card_words_get (const char *language)
{
  const SobreCardWords *found = find (language);

  return found != NULL ? found : &words[0];
}
