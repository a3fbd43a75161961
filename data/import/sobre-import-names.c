/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import/sobre-import-names.h"

/* Names of each field, normalized, the surer ones first. */
static const char *const names[SOBRE_IMPORT_N_FIELDS] = {
  [SOBRE_IMPORT_ID] =
      "response id|respondent id|submission id|answer id|line id|row id|item line id|position id|uuid|guid|token|"
      "antwort id|id respuesta|id de respuesta|id reponse|id risposta|id",
  [SOBRE_IMPORT_TIME] =
      "submitted at|date submitted|submit date|submission date|submission time|submitted|recorded date|end date|end "
      "time|completed at|completion time|completed|timestamp|time stamp|sold at|sale date|order date|order time|date "
      "time|datetime|date and time|created at|closed at|created|transaction date|zeitstempel|abgesendet|abgeschlossen|"
      "fertiggestellt|datum und uhrzeit|bestelldatum|belegdatum|verkaufsdatum|datum|fecha y hora|fecha de envio|fecha|marca "
      "temporal|horodateur|date de soumission|date et heure|data e ora|informazioni cronologiche|data e hora|carimbo de data "
      "hora|data|tijdstempel|datum en tijd|date|day|time|at|ts",
  [SOBRE_IMPORT_CLOCK] = "time of day|order time|sale time|time|hour|uhrzeit|zeit|hora|heure|ora|tijd",
  [SOBRE_IMPORT_STORE] =
      "store id|store|location|location name|outlet|branch|site|restaurant|shop|filiale|standort|betrieb|tienda|sucursal|"
      "local|etablissement|magasin|negozio|sede|loja|unidade|vestiging|filiaal",
  [SOBRE_IMPORT_TABLE] =
      "table id|table number|table no|table nr|table|tischnummer|tisch nr|tisch|numero de mesa|mesa|numero de table|tavolo|"
      "tafelnummer|tafel",
  [SOBRE_IMPORT_ORDER] =
      "order id|order number|order no|order|ticket id|ticket number|ticket|receipt number|receipt id|receipt|check number|"
      "check|bill number|bill no|invoice|transaction id|bestellnummer|bestellung|bonnummer|bon nr|bon|belegnummer|beleg|"
      "rechnungsnummer|rechnung|pedido|numero de pedido|comanda|commande|numero de commande|ordine|numero ordine|scontrino|"
      "bestelling|id",
  [SOBRE_IMPORT_ITEM] =
      "item name|item|product name|product|dish|article name|article|menu item|artikelbezeichnung|artikelname|artikel|gericht|"
      "speise|produkt|bezeichnung|producto|plato|articulo|produit|plat|prodotto|piatto|articolo|produto|prato|gerecht|"
      "descripcion|designation|descrizione|descricao|omschrijving|description|name",
  [SOBRE_IMPORT_ITEM_ID] =
      "item id|item number|item code|sku|plu|product id|product code|article number|artikelnummer|artikel nr|artikelcode|"
      "codigo|codigo de producto|reference|code article|codice|codice articolo|code",
  [SOBRE_IMPORT_QUANTITY] =
      "quantity|qty|count|pieces|pcs|units|menge|anzahl|stuck|stueck|cantidad|unidades|quantite|qte|quantita|qta|"
      "quantidade|qtd|aantal",
  [SOBRE_IMPORT_AMOUNT] =
      "line total|total amount|amount|gross amount|gross sales|net sales|sales|total price|total bill|total|sum|gesamtbetrag|"
      "gesamtpreis|gesamt|betrag|summe|umsatz|brutto|importe total|importe|montant|total ttc|totale|importo|valor total|"
      "valor|totaal|bedrag",
  [SOBRE_IMPORT_PRICE] =
      "unit price|item price|price|einzelpreis|stuckpreis|preis|precio unitario|precio|prix unitaire|prix|prezzo unitario|"
      "prezzo|preco unitario|preco|prijs",
  [SOBRE_IMPORT_CURRENCY] = "currency|currency code|wahrung|moneda|divisa|devise|monnaie|valuta|moeda",
  [SOBRE_IMPORT_LANGUAGE] = "language|user language|start language|lang|locale|startsprache|sprache|idioma|langue|lingua|taal",
  [SOBRE_IMPORT_COMMENT] =
      "comment|comments|your comment|other comments|additional comments|feedback|remarks|remark|suggestions|anything else|"
      "is there anything else|kommentar|kommentare|anmerkung|anmerkungen|bemerkung|bemerkungen|comentario|comentarios|"
      "sugerencias|commentaire|commentaires|remarque|remarques|commento|commenti|sugestoes|opmerking|opmerkingen|review",
  [SOBRE_IMPORT_STARTED] =
      "started at|start date|date started|start time|started|startdate|startdatum|begonnen|fecha de inicio|inicio|date de "
      "debut|debut|data di inizio|inizio|begindatum",
  [SOBRE_IMPORT_DURATION] =
      "duration in seconds|duration seconds|duration ms|duration|time taken|total time|interviewtime|dauer|duracion|duree|"
      "durata|duracao|duur",
  [SOBRE_IMPORT_FORM] =
      "form id|form name|form|survey id|survey name|survey|questionnaire|formular|umfrage|encuesta|formulario|questionario",
};

static const char recommendations[] =
    "nps|net promoter score|recommend|recommendation|likely to recommend|weiterempfehlen|weiterempfehlung|"
    "empfehlen|recomendar|recomendaria|recomendacion|recommander|recommanderiez|recommandation|consigliare|"
    "consiglieresti|raccomandare|recomendacao|aanbevelen";

static const char counters[] =
    "rownames|row names|row|row no|row number|rownum|index|unnamed 0|lfd nr|laufende nummer|zeile|zeilennummer|fila|ligne|riga|"
    "linha|rij";

static const char personal[] =
    "email|e mail|mail|email address|ip|ip address|phone|telephone|telefon|tel|mobile|telefono|handy|name|first name|last "
    "name|full name|your name|guest name|vorname|nachname|nombre|apellido|apellidos|nom|prenom|nome|cognome|user agent|"
    "browser|device|network id|address|adresse|direccion|birthday|age|gender|latitude|longitude|url|referrer|referer|"
    "status|progress|finished|collector id|seed";

static const char staff[] =
    "waiter|waitress|server|cashier|employee|staff|staff member|kellner|kellnerin|bedienung|mitarbeiter|camarero|camarera|"
    "serveur|serveuse|cameriere|cameriera|atendente|ober|medewerker";

/* Letters with an accent are taken apart, and the accents left out; ß becomes ss by folding. */
char *
sobre_import_name_normalize (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) result = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *at = apart != NULL ? apart : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_ismark (character))
        continue;
      if (!g_unichar_isalnum (character))
        {
          gap = result->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (result, ' ');
      gap = FALSE;
      g_string_append_unichar (result, g_unichar_tolower (character));
    }
  return g_string_free_and_steal (g_steal_pointer (&result));
}

/* Whether the words of @part stand in @name, one behind the other. */
static gboolean
has_words (const char *name, const char *part, gsize length)
{
  for (const char *at = name; at != NULL; at = strchr (at, ' '))
    {
      at += *at == ' ' ? 1 : 0;
      if (strncmp (at, part, length) == 0 && (at[length] == '\0' || at[length] == ' '))
        return TRUE;
    }
  return FALSE;
}

/* Whether @name is that name, blanks aside: "submitdate" and "RecordedDate" are words run together. */
static gboolean
is_name (const char *name, const char *known, gsize length)
{
  const char *end = known + length;

  while (TRUE)
    {
      while (*name == ' ')
        name++;
      while (known < end && *known == ' ')
        known++;
      if (*name == '\0' || known == end)
        return *name == '\0' && known == end;
      if (*name++ != *known++)
        return FALSE;
    }
}

/* 1,000 less its place for one of the names in @list, less for a name with the words of one in it. */
static guint
rate (const char *name, const char *list)
{
  guint best = 0;
  guint place = 0;

  for (const char *at = list; at != NULL && *at != '\0'; place++)
    {
      const char *end = strchrnul (at, '|');
      gsize length = (gsize) (end - at);

      if (is_name (name, at, length))
        return 1000 - place;
      if (length > 2 && has_words (name, at, length))
        best = MAX (best, 100 + (guint) length);
      at = *end == '|' ? end + 1 : NULL;
    }
  return best;
}

guint
sobre_import_name_rate (const char *name, SobreImportFieldKind kind)
{
  return rate (name, names[kind]);
}

gboolean
sobre_import_name_is_recommendation (const char *name)
{
  return rate (name, recommendations) > 0;
}

gboolean
sobre_import_name_is_counter (const char *name)
{
  return rate (name, counters) >= 900;
}

gboolean
sobre_import_name_is_personal (const char *name)
{
  return rate (name, personal) > 0;
}

gboolean
sobre_import_name_is_staff (const char *name)
{
  return rate (name, staff) > 0;
}
