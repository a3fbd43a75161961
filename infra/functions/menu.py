# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Publishes a menu: what the program uploaded as source/menu.json becomes files named by their content, and then the one pointer.

The upload is {"version": 7, "menu": menu.json, "files": {"en": "<main …>"}, "sold_out": ["crab"]}: the document, how it looks in each language, and what is sold out.
It is checked before anything is written; a menu that breaks a rule changes nothing for guests. The pointer is written last, and only where it still is what it was before
the upload was read: notices come twice and in any order, and the newest upload wins in any case. source/result.json tells the program what became of it.

The build takes comments and docstrings away and packs the rest; no text may run over a line's end here.
"""

import hashlib
import json
import os
import re

SOURCE = 'source/menu.json'
RESULT = 'source/result.json'
PUBLIC = 'public/menu/'
POINTER = PUBLIC + 'current.json'
MAX_BYTES = 8388608
ALLERGENS = set('gluten crustaceans eggs fish peanuts soybeans milk nuts celery mustard sesame sulphites lupin molluscs'.split())
ID = re.compile(r'[A-Za-z0-9._-]{1,64}')
LANGUAGE = re.compile(r'[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*')
ACTIVE = re.compile(r'<(?:script|style|iframe|object|embed|link|base|meta|svg)\b|<[^>]*(?:\son[a-z]+\s*=|javascript:)', re.I)


class Refused(Exception):
    """The upload breaks a rule; the argument says which and where."""


def require(holds, what):
    if not holds:
        raise Refused(what)


def check_item(item, name, ids):
    require(isinstance(item, dict), name)
    own = item.get('id')
    require(isinstance(own, str) and ID.fullmatch(own), name + '.id')
    name = name.rsplit('/', 1)[0] + '/' + own
    require(name not in ids, name + ': twice')
    ids.add(name)
    lists = [item.get('allergens'), item.get('traces', [])]
    require(all(isinstance(one, list) and all(isinstance(word, str) for word in one) for one in lists), name + '.allergens')
    require(set(lists[0] + lists[1]) <= ALLERGENS and not set(lists[0]) & set(lists[1]), name + '.allergens')
    return name


# Every dish and option, as /dish and /dish/option: each says what it contains, and is there once.
def list_items(menu):
    ids = set()
    sections = menu.get('sections')
    require(isinstance(sections, list) and 0 < len(sections) <= 60, 'sections')
    for section in sections:
        require(isinstance(section, dict) and isinstance(section.get('dishes'), list) and section['dishes'], 'sections.dishes')
        for dish in section['dishes']:
            name = check_item(dish, '/dish', ids)
            require(isinstance(dish.get('options', []), list), name + '.options')
            for option in dish.get('options', []):
                check_item(option, name + '/option', ids)
    return ids


def check(upload):
    require(isinstance(upload, dict) and isinstance(upload.get('menu'), dict), 'menu')
    version, languages, files = upload.get('version'), upload['menu'].get('languages'), upload.get('files')
    require(isinstance(version, int) and not isinstance(version, bool) and version > 0, 'version')
    require(isinstance(languages, list) and all(isinstance(tag, str) and LANGUAGE.fullmatch(tag) for tag in languages), 'languages')
    require(isinstance(files, dict) and languages and set(files) == set(languages), 'files')
    for tag, text in files.items():
        require(isinstance(text, str) and text.startswith('<main') and text.rstrip().endswith('</main>'), 'files.' + tag)
        require(not ACTIVE.search(text), 'files.' + tag + ': active')
    ids = list_items(upload['menu'])
    gone = upload.get('sold_out', [])
    require(isinstance(gone, list) and all(isinstance(item, str) and '/' + item in ids for item in gone), 'sold_out')


def put(s3, bucket, key, text, kind, age, **more):
    s3.put_object(Bucket=bucket, Key=key, Body=text.encode(), ContentType=kind, CacheControl='max-age=%d' % age + (', immutable' if age > 99 else ''), **more)


# What stands there now, as the condition under which it may be replaced.
def look(s3, bucket, key):
    try:
        return {'IfMatch': s3.head_object(Bucket=bucket, Key=key)['ETag']}
    except s3.exceptions.ClientError as error:
        if error.response['Error']['Code'] not in ('404', 'NoSuchKey'):
            raise
        return {'IfNoneMatch': '*'}


def publish(s3, bucket):
    condition = look(s3, bucket, POINTER)
    source = s3.get_object(Bucket=bucket, Key=SOURCE)
    result = {'etag': source['ETag'].strip('"')}
    try:
        require(source['ContentLength'] <= MAX_BYTES, 'length')
        upload = json.loads(source['Body'].read())
        check(upload)
    except (Refused, ValueError) as reason:
        put(s3, bucket, RESULT, json.dumps({**result, 'state': 'refused', 'reason': str(reason)[:200]}), 'application/json', 0)
        return 'refused'
    pointer = {'version': upload['version'], 'files': {}, 'sold_out': upload.get('sold_out', [])}
    for tag, text in upload['files'].items():
        name = '%s.%s.html' % (tag, hashlib.sha256(text.encode()).hexdigest()[:16])
        put(s3, bucket, PUBLIC + name, text, 'text/html; charset=utf-8', 31536000)
        pointer['files'][tag] = name
    put(s3, bucket, POINTER, json.dumps(pointer), 'application/json', 5, **condition)
    put(s3, bucket, RESULT, json.dumps({**result, 'state': 'published', 'version': upload['version']}), 'application/json', 0)
    return 'published'


def handler(event, context, s3=None):
    if s3 is None:
        import boto3
        s3 = boto3.client('s3')
    for attempt in range(5):
        try:
            return publish(s3, os.environ['BUCKET'])
        except s3.exceptions.ClientError as error:
            if attempt == 4 or error.response['Error']['Code'] not in ('PreconditionFailed', 'ConditionalRequestConflict', '412', '409'):
                raise
