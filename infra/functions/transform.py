# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate in front of the lake: Firehose hands over what guests sent, and gets back the lines to store.

It does what intake's gate does (app/intake/sobre-gate.c), by the same rules (data/lake/rules.json, which the build puts in the place of RULES), so the
same bytes give the same line or the name of the same broken rule. A record that breaks one is handed back as failed, and Firehose keeps it, as it
came, under errors/. What cannot be decided, because the secret cannot be read, fails the whole batch, and Firehose comes again.

The build takes comments and docstrings away and packs the rest; no text may run over a line's end here.
"""

import base64
import datetime
import hashlib
import hmac
import json
import math
import os
import re
import time

RULES = '@RULES@'
MAX_BODY = 16384
HONEYPOT = 'website'
SECRETS_KEPT = 300
BREAKS = (2 ** 63, 2 ** 64)
EPOCH = datetime.datetime(1970, 1, 1)
ID = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
TIME = re.compile(r'([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?Z')
NUMBER = re.compile(r'-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?')
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
HEX = re.compile(r'[0-9a-fA-F]{4}')
ESCAPED = re.compile(r'["\\\x00-\x1f]')
STRING = re.compile(rb'"(?:\\.|[^"\\])*(?:"|\\?$)', re.S)
BRACKET = re.compile(rb'[\[\]{}]')
SPACE = ' \t\r\n'
HOST = re.compile(r'(?<=[A-Za-z0-9._%+-])@([A-Za-z0-9][A-Za-z0-9.-]*)')
LETTERS = re.compile(r'[A-Za-z]{2,}')
SHORT = {'"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t'}
secrets = {}


class Members(list):
    """An object's members as they stand there, (name, value) each: a name may stand there twice."""


class Breach(Exception):
    """A rule was broken; its argument is the rule's name."""


def read_integer(text):
    if len(text) > 20:
        return read_real(text)
    number = int(text)
    return number if -BREAKS[0] <= number < BREAKS[1] else float(number)


def read_real(text):
    number = float(text)
    if math.isinf(number):
        raise ValueError
    return number


def refuse(text):
    raise ValueError


DECODER = json.JSONDecoder(object_pairs_hook=Members, parse_int=read_integer, parse_float=read_real, parse_constant=refuse)


def skip(text, at):
    while at < len(text) and text[at] in SPACE:
        at += 1
    return at


# Why no number or string can be read, or where it ends. What breaks off at the text's end is "json": it may have been right.
def scan_number(text, at):
    match = NUMBER.match(text, at)
    if not match:
        return ('json' if at + 1 >= len(text) else 'number'), at
    end = match.end()
    rest = text[end:end + 3]
    digits = match.group()
    if rest[:1].isdecimal() and rest[0].isascii() and digits in ('0', '-0'):
        return 'number', at
    unfinished = 0
    if rest[:1] == '.' and '.' not in digits and 'e' not in digits.lower():
        unfinished = 1
    elif rest[:1] in ('e', 'E') and 'e' not in digits.lower():
        unfinished = 2 if rest[1:2] in ('+', '-') and rest[1:2] else 1
    if unfinished:
        return ('json' if end + unfinished >= len(text) else 'number'), at
    return ('number' if math.isinf(float(digits)) else None), end


def name_escape(text, at):
    rest = text[at:]
    if rest[:1] != '\\':
        return 'string' if rest else 'json'
    half = len(rest) == 1 or len(rest) <= 5 and rest[1] == 'u' and all(c in '0123456789abcdefABCDEF' for c in rest[2:])
    return 'json' if half else 'string'


def scan_string(text, at):
    at += 1
    while True:
        at = PLAIN.match(text, at).end()
        if text[at:at + 1] == '"':
            return None, at + 1
        if text[at:at + 1] != '\\':
            return ('json' if at >= len(text) else 'string'), at
        kind = text[at + 1:at + 2]
        if kind == 'u':
            if not HEX.match(text, at + 2):
                return name_escape(text, at), at
            half = int(text[at + 2:at + 6], 16) >> 10
            if half == 55:
                return 'string', at
            at += 6
            if half == 54:
                if text[at:at + 2] != '\\u' or not HEX.match(text, at + 2):
                    return name_escape(text, at), at
                if int(text[at + 2:at + 6], 16) >> 10 != 55:
                    return 'string', at
                at += 6
        elif kind and kind in '"\\/bfnrt':
            at += 2
        else:
            return ('string' if kind else 'json'), at


# The first fault of a text, in the order of reading, and where its first value ends.
def scan(text, at):
    stack = []
    while True:
        at = skip(text, at)
        one = text[at:at + 1]
        fault = None
        if one and one in '{[':
            stack.append(one)
            at = skip(text, at + 1)
            if text[at:at + 1] == ('}' if one == '{' else ']'):
                stack.pop()
                at += 1
            elif one == '{':
                at, fault = scan_name(text, at)
                if fault:
                    return fault, at
                continue
            else:
                continue
        elif one == '"':
            fault, at = scan_string(text, at)
        elif one and one in '-0123456789':
            fault, at = scan_number(text, at)
        else:
            word = next((w for w in ('true', 'false', 'null') if text.startswith(w, at)), None)
            if not word:
                return 'json', at
            at += len(word)
        if fault:
            return fault, at
        while True:
            if not stack:
                return None, at
            at = skip(text, at)
            one = text[at:at + 1]
            if one == ',':
                break
            if one != ('}' if stack[-1] == '{' else ']'):
                return 'json', at
            stack.pop()
            at += 1
        at += 1
        if stack[-1] == '{':
            at, fault = scan_name(text, skip(text, at))
            if fault:
                return fault, at


def scan_name(text, at):
    if text[at:at + 1] != '"':
        return at, 'json'
    fault, at = scan_string(text, at)
    at = skip(text, at)
    if fault or text[at:at + 1] == ':':
        return at + 1, fault
    return at, 'json'


def is_too_deep(data, limit):
    if data.count(b'{') + data.count(b'[') <= limit:
        return False
    depth = 0
    for bracket in BRACKET.finditer(STRING.sub(b'', data)):
        if bracket.group() in b'{[':
            depth += 1
            if depth > limit:
                return True
        elif depth:
            depth -= 1
    return False


def decode(data):
    try:
        return data.decode(), True
    except UnicodeDecodeError as error:
        return data[:error.start].decode(), False


def name_bytes(data, fault):
    return 'nul' if b'\0' in data else fault if decode(data)[1] else 'utf8'


# The first value of a line and whether another follows. A line that is not JSON breaks a rule.
def read(data):
    line = RULES['line']
    if len(data) > line['max_bytes']:
        raise Breach('line.length')
    if is_too_deep(data, line['max_depth']):
        raise Breach('depth')
    text = decode(data)[0]
    at = skip(text, 0)
    value = fault = None
    try:
        if text[at:at + 1] != '{':
            raise ValueError
        value, end = DECODER.raw_decode(text, at)
        if '\\u' in text and re.search('[\ud800-\udfff]', write(value)):
            raise ValueError
    except ValueError:
        fault, end = scan(text, at)
    if fault:
        raise Breach(name_bytes(data, fault))
    end = skip(text, end)
    rest = data[len(text[:end].encode('utf-8', 'surrogatepass')):]
    if rest and rest[:1] != b'{':
        raise Breach(name_bytes(rest, 'json'))
    if not isinstance(value, Members):
        raise Breach('object')
    return value, rest


def read_time(text):
    match = TIME.fullmatch(text)
    try:
        parts = [int(part) for part in match.groups()[:6]]
        # A leap second is no second of a day here.
        instant = datetime.datetime(*parts)
    except (AttributeError, ValueError):
        return None
    return int((instant - EPOCH).total_seconds()) * 1000 + int((match.group(7) or '0').ljust(3, '0')[:3])


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def check_value(rule, value):
    kind = rule['type']
    if kind in ('text', 'id', 'time'):
        if not isinstance(value, str):
            return 'type'
        if kind == 'id':
            return None if ID.fullmatch(value) else 'form'
        if kind == 'time':
            instant = read_time(value)
            if instant is None:
                return 'form'
            return None if read_time(rule['minimum']) <= instant <= read_time(rule['maximum']) else 'range'
        if not rule.get('min_bytes', 0) <= len(value.encode()) <= rule.get('max_bytes', 1 << 60):
            return 'length'
        if '\0' in value:
            raise Breach('nul')
        return None if value in rule.get('values', (value,)) else 'value'
    if kind == 'boolean':
        return None if isinstance(value, bool) else 'type'
    if kind == 'array':
        if not isinstance(value, list) or isinstance(value, Members):
            return 'type'
        return None if len(value) <= rule['max_items'] else 'count'
    if not is_number(value):
        return 'type'
    if kind == 'integer' and isinstance(value, float) and abs(value) < BREAKS[0]:
        return 'type'
    if kind == 'integer' and not -BREAKS[0] <= value < BREAKS[0]:
        return 'range'
    return None if rule.get('minimum', -math.inf) <= value <= rule.get('maximum', math.inf) else 'range'


def check_case(rules, path, present):
    for case in rules.get('cases', ()):
        if present.get(case['when'][0]) != case['when'][1]:
            continue
        for rule in rules['members']:
            if rule['name'] in case.get('required', ()) and rule['name'] not in present:
                raise Breach(path + rule['name'] + '.missing')
        for rule in rules['members']:
            if rule['name'] in case.get('forbidden', ()) and rule['name'] in present:
                raise Breach(path + rule['name'] + '.forbidden')
        if 'range' in case and not case['range'][1] <= present.get(case['range'][0], case['range'][1]) <= case['range'][2]:
            raise Breach(path + case['range'][0] + '.range')


# Holds an object's members, then those of its arrays, against the rules. Returns the known ones.
def check(rules, members, path):
    known = {rule['name']: rule for rule in rules['members']}
    seen = set()
    present = {}
    for name, value in members:
        rule = known.get(name)
        if not rule or 'by' in rule:
            continue
        if name in seen:
            raise Breach('duplicate')
        seen.add(name)
        if value is None:
            continue
        breach = check_value(rule, value)
        if breach:
            raise Breach(path + name + '.' + breach)
        present[name] = value
    for rule in rules['members']:
        if rule.get('required') and 'by' not in rule and rule['name'] not in present:
            raise Breach(path + rule['name'] + '.missing')
    check_case(rules, path, present)
    for rule in rules['members']:
        for item in present.get(rule['name'], ()) if 'items' in rule else ():
            if not isinstance(item, Members):
                raise Breach(path + rule['name'] + '.type')
            check(rule['items'], item, path + rule['name'] + '.')
    return present


# The digits of ECMAScript's Number::toString, with the sign of zero and a point that tells reals from integers.
def write_real(number):
    sign = '-' if math.copysign(1, number) < 0 else ''
    if not number:
        return sign + '0.0'
    mantissa, exponent = ('%re0' % abs(number)).split('e')[:2]
    whole, _, fraction = mantissa.partition('.')
    digits = (whole + fraction).lstrip('0')
    point = len(whole) + int(exponent) if whole.strip('0') else len(digits) - len(fraction) + int(exponent)
    digits = digits.rstrip('0')
    if point > 21 or point <= -6:
        return sign + digits[0] + ('.' + digits[1:] if digits[1:] else '') + 'e' + str(point - 1)
    if point <= 0:
        return sign + '0.' + '0' * -point + digits
    return sign + digits[:point].ljust(point, '0') + '.' + (digits[point:] or '0')


def write_text(text):
    return '"' + ESCAPED.sub(lambda match: SHORT.get(match.group()) or '\\u%04X' % ord(match.group()), text) + '"'


def write(value):
    if isinstance(value, str):
        return write_text(value)
    if value is None or isinstance(value, bool):
        return {None: 'null', True: 'true', False: 'false'}[value]
    if isinstance(value, Members):
        return '{' + ','.join([write_text(name) + ':' + write(member) for name, member in value]) + '}'
    if isinstance(value, list):
        return '[' + ','.join([write(item) for item in value]) + ']'
    return write_real(value) if isinstance(value, float) else str(value)


def upper(text):
    return ''.join([c.upper() if c.isascii() else c for c in text])


def card_key(places, store, table):
    message = upper('\x1f'.join((store, table, str(places['epoch']))))
    digest = hmac.new(bytes.fromhex(places['secret']), message.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:10]).decode()


# Store and table as tables.csv spells them, and whether the key is that of their card.
def find_place(places, present):
    store, table = (present.get(name, '') for name in ('store_id', 'table_id'))
    ids = places['tables'].get(upper(store) + '/' + upper(table)) if '/' not in store + table else None
    if not ids:
        return None, False
    key = upper(present.get('key', ''))
    return ids, hmac.compare_digest(card_key(places, *ids).encode(), key.encode())


def suspect(present, members):
    score = next((0.7 if isinstance(value, str) and value else 0.0 for name, value in members if name == HONEYPOT), 0.0)
    duration = present.get('duration_ms', -1)
    if 0 <= duration < 2000:
        score += 0.3 * (2000 - duration) / 2000
    return int(score * 100 + 0.5) / 100


# Doubles every second digit from the right and adds up the digits of all (Luhn, ISO/IEC 7812-1).
def is_card(digits):
    doubled = [int(digit) << index % 2 for index, digit in enumerate(reversed(digits))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


# What a text seems to hold that tells who somebody is, as data/lake/sobre-personal.h says.
def find_personal(text):
    rules = RULES['personal']
    found = set()
    for match in HOST.finditer(text):
        name, dot, last = match.group(1).rstrip('.-').rpartition('.')
        if dot and LETTERS.fullmatch(last):
            found.add('email')
    for match in re.finditer('[0-9](?:[%s]{0,%d}[0-9])*' % (re.escape(rules['separators']), rules['gap']), text):
        digits = re.sub('[^0-9]', '', match.group())
        if rules['card_digits'][0] <= len(digits) <= rules['card_digits'][1] and is_card(digits):
            found.add('card')
        elif rules['phone_digits'][0] <= len(digits) <= rules['phone_digits'][1]:
            found.add('phone')
    return found


# The same of an object's texts and of those of its arrays' objects.
def find_all_personal(rules, members):
    known = {rule['name']: rule for rule in rules['members']}
    found = set()
    for name, value in members:
        rule = known.get(name, {})
        if rule.get('personal') and isinstance(value, str):
            found |= find_personal(value)
        for item in value or () if 'items' in rule else ():
            found |= find_all_personal(rule['items'], item)
    return found


# One record of a guest, as the lake stores it.
def pass_record(dataset, data, places, received_at, channel):
    members, rest = read(data)
    rules = RULES['datasets'][dataset]
    present = check(rules, members, '')
    if rest:
        raise Breach('json')
    known = {rule['name']: rule for rule in rules['members']}
    ids, verified = find_place(places, present)
    line = Members([('v', 1)])
    for name, value in members:
        rule = known.get(name, {})
        if 'by' in rule or rule.get('stored') is False:
            continue
        if ids and name in ('store_id', 'table_id'):
            value = ids[name == 'table_id']
        line.append((name, value))
    line.append(('received_at', received_at))
    if 'verified' in known:
        line += [('verified', verified), ('channel', channel), ('suspicion', suspect(present, members))]
        found = find_all_personal(rules, members)
        if found:
            line.append(('personal', ' '.join(kind for kind in ('email', 'phone', 'card') if kind in found)))
    return write(line) + '\n'


# What a guest sent at once: one answer, or steps of a visit, a line each. The lines to store, or the broken rule and its line's number.
def gate(dataset, body, places, received_at, channel):
    lines = [body]
    if dataset != 'responses':
        lines = body.split(b'\n')
        if not lines[-1]:
            lines.pop()
    passed = []
    for number, line in enumerate(lines, 1):
        if not line and dataset != 'responses':
            continue
        try:
            passed.append(pass_record(dataset, line, places, received_at, channel))
        except Breach as breach:
            return None, breach.args[0], number
    if not passed:
        return None, 'json', len(lines)
    return ''.join(passed), None, 0


# One of the parameters that the program put below one path, nothing where it is not there.
def load(ssm, name):
    try:
        return json.loads(ssm.get_parameter(Name=os.environ['GUESTS'] + '/' + name, WithDecryption=True)['Parameter']['Value'])
    except ssm.exceptions.ParameterNotFound:
        return None


# The cards' secret, and the tables in as many parts as they need. They are read again now and then, so that a new card counts without a deployment.
def load_places():
    if secrets.get('until', 0) > time.monotonic():
        return secrets['places']
    import boto3
    ssm = boto3.client('ssm')
    places = {'tables': {}, **(load(ssm, 'card-key') or {})}
    part = 1
    while 'secret' in places and (stores := load(ssm, 'tables-%d' % part)):
        for store, tables in stores.items():
            for table in tables:
                places['tables'][upper(store) + '/' + upper(table)] = (store, table)
        part += 1
    secrets.update(places=places, until=time.monotonic() + SECRETS_KEPT)
    return places


# Counted by CloudWatch from this line (embedded metric format); nothing of a guest stands in it.
def tell(dataset, passed, breaches):
    metrics = {'Namespace': 'Sobremesa', 'Dimensions': [['Stack', 'Dataset']], 'Metrics': [{'Name': 'Accepted'}, {'Name': 'Rejected'}]}
    print(json.dumps({'_aws': {'Timestamp': int(time.time() * 1000), 'CloudWatchMetrics': [metrics]}, 'Stack': os.environ['STACK'],
                      'Dataset': dataset, 'Accepted': passed, 'Rejected': sum(breaches.values()), 'Rules': breaches}))


def handler(event, context):
    dataset = event['deliveryStreamArn'].rsplit('-', 1)[1]
    places = load_places()
    results, breaches = [], {}
    for record in event['records']:
        body = base64.b64decode(record['data'])
        arrived = EPOCH + datetime.timedelta(milliseconds=record['approximateArrivalTimestamp'])
        at = arrived.isoformat(timespec='milliseconds') + 'Z'
        lines, breach, _ = gate(dataset, body, places, at, os.environ['CHANNEL']) if len(body) <= MAX_BODY else (None, 'length', 0)
        result = {'recordId': record['recordId'], 'result': 'ProcessingFailed' if breach else 'Ok', 'data': record['data']}
        if breach:
            breaches[breach] = breaches.get(breach, 0) + 1
        else:
            result['data'] = base64.b64encode(lines.encode()).decode()
        results.append(result)
    tell(dataset, len(results) - sum(breaches.values()), breaches)
    return {'records': results}
