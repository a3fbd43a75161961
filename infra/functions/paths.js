// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs in CloudFront for each request (cloudfront-js-2.0). A card leads to /T/STORE/TABLE/KEY and the menu of a table to /M/STORE/TABLE/KEY: the pages are the same for every table, so these
// addresses become the page in the guest's language. Which table it is, the page reads from its own address. Everything else stays as it is.

var languages = '@LANGUAGES@'.split(',');

function match(wanted) {
  for (var tag = wanted.trim().toLowerCase(); tag; tag = tag.replace(/(^|-)[^-]*(-.)?$/, ''))
    for (var i = 0; i < languages.length; i++)
      if (languages[i].toLowerCase() === tag)
        return languages[i];
  return '';
}

// RFC 4647, lookup; the header's weights as in RFC 9110.
function choose(request) {
  var asked = request.querystring.lang ? match(request.querystring.lang.value) : '';
  var header = request.headers['accept-language'];
  var best = 0;
  if (asked)
    return asked;
  (header ? header.value.slice(0, 500).split(',') : []).forEach(function (range) {
    var parts = range.split(';q=');
    var weight = parts.length > 1 ? Number(parts[1]) : 1;
    var found = match(parts[0]);
    if (found && weight > best) {
      best = weight;
      asked = found;
    }
  });
  return asked || languages[0];
}

function handler(event) {
  var request = event.request;
  var parts = request.uri.split('/');
  var page = parts[1] === 'T' ? 'form' : parts[1] === 'M' ? 'menu-page' : '';
  if (page && (parts.length === 5 || (parts[1] === 'M' && parts.length === 3)))
    request.uri = '/' + page + '/' + choose(request) + '.html';
  return request;
}
