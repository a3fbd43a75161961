/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-console.h"

#include <string.h>

#include "aws/sobre-aws-service.h"

static const char *
get_domain (const char *region)
{
  if (g_str_has_prefix (region, "cn-"))
    return "console.amazonaws.cn";
  return g_str_has_prefix (region, "us-gov-") ? "console.amazonaws-us-gov.com" : "console.aws.amazon.com";
}

char *
sobre_console_dup_uri (SobreConsolePlace place, const char *region, const char *name)
{
  static const struct
  {
    const char *service;
    const char *fragment;
    const char *end;
  } places[] = {
    [SOBRE_CONSOLE_STACK] = { "cloudformation", "/stacks/stackinfo?stackId=", "" },
    [SOBRE_CONSOLE_WORKGROUP] = { "athena", "/workgroups/details/", "" },
    [SOBRE_CONSOLE_ALARM] = { "cloudwatch", "alarmsV2:alarm/", "" },
    [SOBRE_CONSOLE_ALARMS] = { "cloudwatch", "alarmsV2:?~(search~'", ")" },
  };
  g_autofree char *encoded = sobre_aws_uri_encode (name, FALSE);

  g_return_val_if_fail (sobre_aws_region_is_valid (region), NULL);
  if (place == SOBRE_CONSOLE_BUCKET)
    return g_strdup_printf ("https://%s.%s/s3/buckets/%s?region=%s", region, get_domain (region), encoded, region);
  return g_strdup_printf ("https://%s.%s/%s/home?region=%s#%s%s%s", region, get_domain (region), places[place].service, region,
                          places[place].fragment, encoded, places[place].end);
}

static void
add_parameter (GString *uri, const char *name, const char *value, const char *end)
{
  g_autofree char *encoded = value != NULL ? sobre_aws_uri_encode (value, FALSE) : NULL;

  if (encoded != NULL)
    g_string_append_printf (uri, "%cp.%s=%s%s", strchr (uri->str, '#') != NULL ? '&' : '#', name, encoded, end);
}

/* Without a zone a time counts as UTC, as the views' service days do, which have none. */
char *
sobre_quicksight_dup_uri (const char *region, const char *dashboard, const char *store, const char *from, const char *to)
{
  g_autofree char *encoded = dashboard != NULL ? sobre_aws_uri_encode (dashboard, FALSE) : NULL;
  const char *domain = g_str_has_prefix (region, "cn-") ? "quicksight.amazonaws.cn" : "quicksight.aws.amazon.com";
  GString *uri;

  g_return_val_if_fail (sobre_aws_region_is_valid (region), NULL);
  uri = g_string_new (NULL);
  g_string_append_printf (uri, "https://%s.%s/sn/", region, domain);
  if (encoded == NULL)
    g_string_append (uri, "start");
  else
    {
      g_string_append_printf (uri, "dashboards/%s", encoded);
      add_parameter (uri, "store", store, "");
      add_parameter (uri, "from", from, "T00%3A00%3A00");
      add_parameter (uri, "to", to, "T00%3A00%3A00");
    }
  return g_string_free_and_steal (uri);
}
