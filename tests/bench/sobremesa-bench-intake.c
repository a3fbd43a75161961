/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A load generator for intake: as many keep-alive connections as asked for, each from the loopback address of its own guest group (the
 * caps are per address), each sending its next answer when the last was acknowledged. Every answer has an id of its own. Also
 * the yardstick: one line appended and made durable at a time, with nothing around it.
 *
 *   sobremesa-bench-intake load PORT CONNECTIONS SECONDS [IDS]    prints one JSON object; IDS: a file that gets each acknowledged id
 *   sobremesa-bench-intake bare FOLDER SECONDS                    the same, for the bare loop
 */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ADDRESSES 8
#define REQUEST_SIZE 2048
#define REPLY_SIZE 4096

typedef struct
{
  int fd;
  guint index;
  char request[REQUEST_SIZE];
  gsize request_length;
  gsize sent;
  char reply[REPLY_SIZE];
  gsize received;
  char id[37];
  gint64 begun;
} Guest;

typedef struct
{
  int epoll;
  guint port;
  GRand *random;
  GArray *latencies;
  guint64 stored;
  guint64 others;
  guint64 reconnects;
  FILE *ids;
} Load;

static void
make_id (Load *load, char id[37])
{
  guint64 ms = g_get_real_time () / 1000;

  g_snprintf (id, 37, "%08x-%04x-7%03x-%04x-%04x%08x", (guint32) (ms >> 16), (guint32) (ms & 0xffff),
              g_rand_int (load->random) & 0xfff, 0x8000 | (g_rand_int (load->random) & 0x3fff),
              g_rand_int (load->random) & 0xffff, g_rand_int (load->random));
}

static void
make_request (Load *load, Guest *guest)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.000Z");
  g_autofree char *body = NULL;

  make_id (load, guest->id);
  body = g_strdup_printf (
      "{\"id\":\"%s\",\"submitted_at\":\"%s\",\"store_id\":\"CENTRO\",\"table_id\":\"T%u\",\"key\":\"ABCDEFGHIJKLMNOP\","
      "\"form_id\":\"guest\",\"form_version\":1,\"language\":\"en\",\"answers\":["
      "{\"question\":\"overall\",\"kind\":\"smiley\",\"score\":%d},{\"question\":\"service\",\"kind\":\"stars\",\"score\":%d},"
      "{\"question\":\"recommend\",\"kind\":\"nps\",\"score\":%d}],"
      "\"comment\":\"The soup was warm and the waiter kind, we will be back next week.\",\"duration_ms\":%d}",
      guest->id, time, guest->index % 40 + 1, g_rand_int_range (load->random, 1, 6), g_rand_int_range (load->random, 1, 6),
      g_rand_int_range (load->random, 0, 11), g_rand_int_range (load->random, 3000, 90000));
  guest->request_length =
      (gsize) g_snprintf (guest->request, REQUEST_SIZE,
                          "POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Type: application/json\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          load->port, strlen (body), body);
  g_assert (guest->request_length < REQUEST_SIZE);
  guest->sent = guest->received = 0;
  guest->begun = g_get_monotonic_time ();
}

static void
watch (Load *load, Guest *guest, guint32 events, int operation)
{
  struct epoll_event event = { .events = events, .data.ptr = guest };

  if (epoll_ctl (load->epoll, operation, guest->fd, &event) != 0)
    g_error ("epoll: %s", g_strerror (errno));
}

static void
connect_guest (Load *load, Guest *guest)
{
  struct sockaddr_in from = { .sin_family = AF_INET };
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons ((guint16) load->port) };
  int one = 1;

  from.sin_addr.s_addr = htonl (0x7f000001 + guest->index % ADDRESSES);
  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  guest->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt (guest->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt (guest->fd, SOL_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  if (bind (guest->fd, (struct sockaddr *) &from, sizeof from) != 0 ||
      connect (guest->fd, (struct sockaddr *) &to, sizeof to) != 0)
    g_error ("connect: %s", g_strerror (errno));
  fcntl (guest->fd, F_SETFL, O_NONBLOCK);
  make_request (load, guest);
  watch (load, guest, EPOLLOUT, EPOLL_CTL_ADD);
}

static void
send_request (Load *load, Guest *guest)
{
  gssize n = send (guest->fd, guest->request + guest->sent, guest->request_length - guest->sent, MSG_NOSIGNAL);

  guest->sent += (gsize) MAX (n, 0);
  if (guest->sent == guest->request_length)
    watch (load, guest, EPOLLIN, EPOLL_CTL_MOD);
}

static gsize
whole_reply (Guest *guest)
{
  const char *end;
  const char *length;

  guest->reply[guest->received] = '\0';
  end = strstr (guest->reply, "\r\n\r\n");
  length = strstr (guest->reply, "Content-Length: ");
  if (end == NULL || length == NULL)
    return 0;
  return (gsize) (end + 4 - guest->reply) + strtoul (length + strlen ("Content-Length: "), NULL, 10);
}

static void
count_reply (Load *load, Guest *guest)
{
  gint64 latency = g_get_monotonic_time () - guest->begun;

  if (strncmp (guest->reply, "HTTP/1.1 201", 12) == 0)
    {
      load->stored++;
      g_array_append_val (load->latencies, latency);
      if (load->ids != NULL)
        fprintf (load->ids, "%s\n", guest->id);
    }
  else
    load->others++;
}

static void
receive_reply (Load *load, Guest *guest)
{
  gssize n = recv (guest->fd, guest->reply + guest->received, REPLY_SIZE - 1 - guest->received, 0);
  gboolean closing;
  gsize size;

  if (n <= 0)
    {
      load->reconnects++;
      close (guest->fd);
      connect_guest (load, guest);
      return;
    }
  guest->received += (gsize) n;
  size = whole_reply (guest);
  if (size == 0 || guest->received < size)
    return;
  count_reply (load, guest);
  closing = strstr (guest->reply, "Connection: close") != NULL;
  if (closing)
    {
      load->reconnects++;
      close (guest->fd);
      connect_guest (load, guest);
      return;
    }
  make_request (load, guest);
  watch (load, guest, EPOLLOUT, EPOLL_CTL_MOD);
  send_request (load, guest);
}

static int
compare_latencies (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static void
report (GArray *latencies, double seconds, guint64 others, guint64 reconnects)
{
  g_array_sort (latencies, compare_latencies);
  if (latencies->len == 0)
    g_error ("nothing was stored");
  printf ("{\"stored\": %u, \"seconds\": %.3f, \"per_second\": %.1f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f, "
          "\"others\": %" G_GUINT64_FORMAT ", \"reconnects\": %" G_GUINT64_FORMAT "}\n",
          latencies->len, seconds, latencies->len / seconds,
          (double) g_array_index (latencies, gint64, latencies->len / 2) / 1000.0,
          (double) g_array_index (latencies, gint64, latencies->len * 99 / 100) / 1000.0,
          (double) g_array_index (latencies, gint64, latencies->len - 1) / 1000.0, others, reconnects);
}

static void
run_load (guint port, guint n_guests, double seconds, const char *ids)
{
  Load load = { .epoll = epoll_create1 (EPOLL_CLOEXEC), .port = port, .random = g_rand_new () };
  g_autofree Guest *guests = g_new0 (Guest, n_guests);
  gint64 begun = g_get_monotonic_time ();
  gint64 end = begun + (gint64) (seconds * G_USEC_PER_SEC);

  load.latencies = g_array_new (FALSE, FALSE, sizeof (gint64));
  load.ids = ids != NULL ? fopen (ids, "we") : NULL;
  for (guint i = 0; i < n_guests; i++)
    {
      guests[i].index = i;
      connect_guest (&load, &guests[i]);
    }
  while (g_get_monotonic_time () < end)
    {
      struct epoll_event events[64];
      int n = epoll_wait (load.epoll, events, G_N_ELEMENTS (events), 100);

      for (int i = 0; i < n; i++)
        {
          Guest *guest = events[i].data.ptr;

          if (guest->sent < guest->request_length)
            send_request (&load, guest);
          else
            receive_reply (&load, guest);
        }
    }
  report (load.latencies, (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC, load.others, load.reconnects);
  if (load.ids != NULL)
    fclose (load.ids);
  g_array_unref (load.latencies);
  g_rand_free (load.random);
  close (load.epoll);
}

static void
run_bare (const char *folder, double seconds)
{
  g_autofree char *path = g_build_filename (folder, "bare.jsonl", NULL);
  g_autoptr (GArray) latencies = g_array_new (FALSE, FALSE, sizeof (gint64));
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
  gint64 begun = g_get_monotonic_time ();
  gint64 end = begun + (gint64) (seconds * G_USEC_PER_SEC);
  char line[600];

  if (fd < 0)
    g_error ("%s: %s", path, g_strerror (errno));
  memset (line, 'x', sizeof line);
  line[sizeof line - 1] = '\n';
  for (gint64 now = begun; now < end;)
    {
      gint64 latency;

      if (write (fd, line, sizeof line) != sizeof line || fdatasync (fd) != 0)
        g_error ("%s: %s", path, g_strerror (errno));
      latency = g_get_monotonic_time () - now;
      g_array_append_val (latencies, latency);
      now += latency;
    }
  close (fd);
  unlink (path);
  report (latencies, (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC, 0, 0);
}

int
main (int argc, char **argv)
{
  if (argc >= 5 && g_str_equal (argv[1], "load"))
    run_load ((guint) atoi (argv[2]), (guint) atoi (argv[3]), g_ascii_strtod (argv[4], NULL), argv[5]);
  else if (argc == 4 && g_str_equal (argv[1], "bare"))
    run_bare (argv[2], g_ascii_strtod (argv[3], NULL));
  else
    return 2;
  return 0;
}
