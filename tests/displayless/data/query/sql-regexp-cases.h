/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

static const SqlCase cases[] = {
  /* The examples of Trino's manual. */
  { "SELECT regexp_count('1a 2b 14m', '\\s*[a-z]+\\s*')", "_col0 bigint\n3" },
  { "SELECT x FROM UNNEST(regexp_extract_all('1a 2b 14m', '\\d+')) AS t (x)", "x varchar\n1\n2\n14" },
  { "SELECT x FROM UNNEST(regexp_extract_all('1a 2b 14m', '(\\d+)([a-z]+)', 2)) AS t (x)", "x varchar\na\nb\nm" },
  { "SELECT regexp_extract('1a 2b 14m', '\\d+'), regexp_extract('1a 2b 14m', '(\\d+)([a-z]+)', 2)",
    "_col0 varchar|_col1 varchar\n1|a" },
  { "SELECT regexp_like('1a 2b 14m', '\\d+b')", "_col0 boolean\ntrue" },
  { "SELECT regexp_position('I have 23 apples, 5 pears and 13 oranges', '\\b\\d+\\b')", "_col0 integer\n8" },
  { "SELECT regexp_replace('1a 2b 14m', '\\d+[ab] '), regexp_replace('1a 2b 14m', '(\\d+)([ab]) ', '3c$2 ')",
    "_col0 varchar|_col1 varchar\n14m|3ca 3cb 14m" },
  { "SELECT x FROM UNNEST(regexp_split('1a 2b 14m', '\\s*[a-z]+\\s*')) AS t (x)", "x varchar\n1\n2\n14\n" },

  /* Nothing found; groups that are not in the match; NULL. */
  { "SELECT regexp_like('soup', 'x'), regexp_extract('soup', 'x'), regexp_count('soup', 'x'), regexp_position('soup', 'x'), "
    "regexp_replace('soup', 'x', 'y')",
    "_col0 boolean|_col1 varchar|_col2 bigint|_col3 integer|_col4 varchar\nfalse|NULL|0|-1|soup" },
  { "SELECT regexp_extract('b', '(a)|b', 1), regexp_replace('ab', '(a)|b', '<$1>')",
    "_col0 varchar|_col1 varchar\nNULL|<a><>" },
  { "SELECT regexp_like(NULL, 'x'), regexp_like('x', NULL)", "_col0 boolean|_col1 boolean\nNULL|NULL" },
  { "SELECT x IS NULL, x FROM UNNEST(regexp_extract_all('ab', '(a)|b', 1)) AS t (x)",
    "_col0 boolean|x varchar\nfalse|a\ntrue|NULL" },

  /* Empty matches: one before each character and one at the end. */
  { "SELECT regexp_replace('añb', '', '-'), regexp_count('añb', ''), regexp_replace('baac', 'a*', 'x')",
    "_col0 varchar|_col1 bigint|_col2 varchar\n-a-ñ-b-|4|xbxxcx" },
  { "SELECT count(*) FROM UNNEST(regexp_split('ab', '')) AS t (x)", "_col0 bigint\n4" },

  /* Replacements: groups as far as there are any, backslashes. */
  { "SELECT regexp_replace('x', '(x)', '$0$1$12'), regexp_replace('x', 'x', '\\$\\\\a\\b')",
    "_col0 varchar|_col1 varchar\nxxx2|$\\ab" },
  { "SELECT regexp_replace('x', 'x', '$1')", "! runtime 1:8 the number of a group" },
  { "SELECT regexp_replace('x', 'x', '$')", "! runtime 1:8 the number of a group" },
  { "SELECT regexp_replace('x', 'x', '\\')", "! runtime 1:8 does not end in a backslash" },
  { "SELECT try(regexp_replace('x', '(x)', '${a}'))", "! unsupported 1:12 a group with a name" },
  { "SELECT regexp_extract('x', '(x)', 2)", "! runtime 1:8 has 1 groups, and no number 2" },
  { "SELECT regexp_extract('x', '(x)', -1)", "! runtime 1:8 no number -1" },

  /* What patterns mean. */
  { "SELECT regexp_like(x, '^so.p$'), regexp_like(x, '(?i)SOUP|cold'), regexp_like(x, '[^a-n ]{4,}?'), regexp_like(x, "
    "'o(?=u)'), "
    "regexp_like(x, '(?:so|u)+p') FROM (VALUES 'soup', 'a cold soap', 'so' || chr(10) || 'p') t (x)",
    "_col0 boolean|_col1 boolean|_col2 boolean|_col3 boolean|_col4 "
    "boolean\ntrue|true|true|true|true\nfalse|true|false|false|false\n"
    "false|false|true|false|false" },
  { "SELECT regexp_like('a.b', 'a\\.b'), regexp_like('axb', 'a\\.b'), regexp_like('a-]', '[\\]-]$'), regexp_like('ñ', '^.$'), "
    "regexp_like('Ñandú', '(?i)^ñANDÚ$'), regexp_like('é', '\\p{L}')",
    "_col0 boolean|_col1 boolean|_col2 boolean|_col3 boolean|_col4 boolean|_col5 boolean\ntrue|false|true|true|true|true" },
  { "SELECT question, count(*) FROM answers WHERE regexp_like(question, '^(food|ser)') GROUP BY 1 ORDER BY 1",
    "question varchar|_col1 bigint\nfood|4\nservice|1" },
  { "SELECT id FROM responses WHERE regexp_like(comment, '(?i)soup') ORDER BY 1",
    "id varchar\n00000000-0000-7000-8000-000000000003" },
  { "SELECT regexp_extract(text, '([0-9]+)%', 1) FROM answers WHERE regexp_like(text, '%')", "_col0 varchar\n100" },

  /* What engines differ in, in the pattern or on the text that is met. */
  { "SELECT regexp_like(text, '\\bgood') FROM answers WHERE store_id = 'centro' AND text IS NOT NULL ORDER BY 1",
    "_col0 boolean\nfalse\ntrue" },
  { "SELECT regexp_like(text, '\\w') FROM answers", "! unsupported 1:8 letters beyond ASCII" },
  { "SELECT regexp_like('٣', '\\d')", "! unsupported 1:8 digits beyond ASCII" },
  { "SELECT regexp_like('\xc2\xa0', '\\s')", "! unsupported 1:8 blanks beyond ASCII" },
  { "SELECT regexp_like('STRAßE', '(?i)strasse')", "! unsupported 1:8 ß or ligatures" },
  { "SELECT regexp_like('STRASSE', '(?i)straße')", "! unsupported 1:31 (?i) with ß or a ligature" },
  { "SELECT regexp_like('Straße', 'ß')", "_col0 boolean\ntrue" },
  { "SELECT regexp_like('27 \xe2\x84\xaa', '(?i)k')", "! unsupported 1:8 the sign of Kelvin" },
  { "SELECT regexp_like('27 \xe2\x84\xaa', 'k'), regexp_replace('', '^', 'x'), regexp_position('', '')",
    "_col0 boolean|_col1 varchar|_col2 integer\nfalse|x|1" },
  { "SELECT regexp_like('x', '(?<name>x)')", "! unsupported 1:25 a group with ?" },
  { "SELECT regexp_like('x', '(?<=a)x')", "! unsupported 1:25 a group with ?" },
  { "SELECT regexp_like('x', 'a(?i)x')", "! unsupported 1:25 a group with ?" },
  { "SELECT regexp_like('x', '(x)\\1')", "! unsupported 1:25 a backslash before this letter" },
  { "SELECT regexp_like('x', 'x*+')", "! unsupported 1:25 a quantifier behind a quantifier" },
  { "SELECT regexp_like('x', 'x{2}{3}')", "! unsupported 1:25 a quantifier behind a quantifier" },
  { "SELECT regexp_like('x', 'x{,3}')", "! unsupported 1:25 { that begins no number" },
  { "SELECT regexp_like('x', 'x{1,2000}')", "! unsupported 1:25 number of at most 1000" },
  { "SELECT regexp_like('x', '*x')", "! unsupported 1:25 a bare sign" },
  { "SELECT regexp_like('x', '[[:alpha:]]')", "! unsupported 1:25 [ or && in brackets" },
  { "SELECT regexp_like('x', '[a&&b]')", "! unsupported 1:25 [ or && in brackets" },
  { "SELECT regexp_like('x', '[]x]')", "! unsupported 1:25 ] as the first" },
  { "SELECT regexp_like('x', '[\\d-z]')", "! unsupported 1:25 a class as an end of a range" },
  { "SELECT regexp_like('x', '(a*)*')", "! unsupported 1:25 a quantifier behind what may be empty" },
  { "SELECT regexp_like('x', '(a|b*)+')", "! unsupported 1:25 a quantifier behind what may be empty" },
  { "SELECT regexp_like('x', '\\p{Greek}')", "! unsupported 1:25 anything but a general category" },
  { "SELECT regexp_like('x', '(x')", "! type 1:25 lacks a )" },
  { "SELECT regexp_like('x', 'x)')", "! type 1:25 a ) too much" },
  { "SELECT regexp_like('x', '[x')", "! type 1:25 lacks a ]" },
  { "SELECT regexp_like('x', '[z-a]')", "! limit 1:25 too large" },
  { "SELECT regexp_like(question, kind) FROM answers", "! unsupported 1:30 no literal" },
  { "SELECT regexp_extract_all('x', 'x')", "! unsupported 1:8 available in UNNEST only" },

  /* Short, longer and long texts are matched in different ways; what is found is the same. */
  { "SELECT n, regexp_position(rpad('', n, 'é') || 'soup', 'so+u'), regexp_count(rpad('', n, 'ab'), 'b'), regexp_like(rpad('', "
    "n, "
    "'a') || 'b', '(a|b)*?c|.*a.*b$') FROM (VALUES 10, 600, 3000, 9000) t (n) ORDER BY n",
    "n integer|_col1 integer|_col2 bigint|_col3 boolean\n10|11|5|true\n600|601|300|true\n3000|3001|1500|true\n"
    "9000|9001|4500|true" },

  /* Patterns that go wrong. */
  { "SELECT regexp_like(rpad('', 60, 'a') || 'b', '(a+)+$')", "! limit 1:8 too many steps" },
  { "SELECT regexp_like(rpad('', 90000, 'a'), '(a|aa)+$')", "! limit 1:8 too many steps" },
  { "SELECT regexp_like('x', '((((x{1000}){1000}){1000}){1000})')", "! limit 1:25 too large" },
  { "SELECT regexp_like('x', rpad('', 1001, 'x'))", "! limit 1:25 more than 1000 bytes" },
  { "SELECT length(regexp_replace(rpad('', 1000, 'x'), 'x', rpad('', 1000, 'y')))", "! limit 1:15 longer than 100000 bytes" },
};
