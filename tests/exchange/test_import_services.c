/* SPDX-License-Identifier: MIT
 *
 * Directory entries from an HSDS folder and from a flat file through a
 * mapping: known again by feed and key, never handed to before an admin says
 * so, nothing that does not fit cut off.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "support/importing.h"
#include "support/world.h"

static struct session *s;
static const char *folder;

static int begin(void **state)
{
    (void)state;
    s = world_open();
    importing_begin();
    const char *mark = importing_file("mark", "");
    static char path[512];
    snprintf(path, sizeof path, "%.*s/Borough Feed", (int)(strrchr(mark, '/') - mark), mark);
    mkdir(path, 0700);
    folder = path;
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_close(s);
    importing_end();
    return 0;
}

static void table(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "Borough Feed/%s", name);
    importing_file(path, text);
}

static void write_feed(const char *service_name)
{
    char services[1024];
    table("organization.csv", "id,name,description,email,website\no-1,Example Hub,Helps,hub@example.org,https://example.org\n");
    snprintf(services, sizeof services,
             "id,organization_id,name,description,status,minimum_age,maximum_age,assured_date,last_modified,fees,email\n"
             "s 1,o-1,%s,Tea and talk,active,18,99,2026-05-04,2026-06-01T10:00:00Z,Free,\n"
             "s2,o-1,Ring us,By telephone,temporarily closed,,,,,,not an e-mail\n"
             "s3,nobody,Lost,,active,,,,,,\n"
             "s2,o-1,Twice,,active,,,,,,\n",
             service_name);
    table("service.csv", services);
    table("location.csv", "id,location_type,name\nl1,physical,The Hub\nl2,virtual,Online\n");
    table("addresses.csv", "id,location_id,address_1,city,postal_code\na1,l1,1 Example Road,Swinton,m27 4aa\n");
    table("service_at_location.csv", "id,service_id,location_id\nx1,s 1,l1\nx2,s2,l2\n");
    table("phones.csv", "id,service_id,number,extension,type\np1,s 1,\"\"\"0161 496 0123\"\"\",7,voice\n");
    table("schedules.csv", "id,service_id,service_at_location_id,freq,byday,opens_at,closes_at\nd1,s 1,,WEEKLY,MO,10:00,12:00\nd2,,x1,WEEKLY,TU,14:00,16:00\n");
    table("service_areas.csv", "id,service_id,name\nr1,s 1,swinton\n");
    table("attributes.csv", "id,link_id,taxonomy_term_id,link_type\nt1,s 1,term9,service\n");
    table("taxonomy_terms.csv", "id,code,name,taxonomy\nterm9,242,Care at home,esdServiceType\n");
    table("languages.csv", "id,service_id,name,code\ng1,s 1,Urdu,ur\ng2,s 1,Klingon,tlh\n");
    table("accessibility.csv", "id,location_id,description\nc1,l1,Step-free\n");
}

static void an_hsds_folder_becomes_paused_organisations_with_services(void **state)
{
    (void)state;
    write_feed("Coffee morning");
    const char *map = importing_file("hsds.map", "need 'esdServiceType:242' = caring\n");
    json_t *r = importing_must(s, "services", folder, map);
    if (importing_count(r, "added") != 2 || importing_count(r, "refused") != 2)
        fail_msg("%s", json_dumps(r, 0));
    assert_non_null(strstr(importing_why(r, 4), "no organisation with that id"));
    assert_non_null(strstr(importing_why(r, 5), "line 3 has this id already"));
    json_decref(r);
    assert_string_equal(importing_ask(s, "SELECT code || ' ' || status || ' ' || feed || ' ' || source_key FROM organisation WHERE feed IS NOT NULL"),
                        "dir-1 paused borough-feed o-1");
    assert_string_equal(importing_ask(s, "SELECT needs || '|' || areas || '|' || min_age || '|' || max_age || '|' || postcode || '|' || phone || '|' || "
                                         "languages || '|' || assured_on || '|' || source_modified || '|' || capacity FROM service WHERE source_key = 's 1'"),
                        "caring|swinton|18|99|M27 4AA|0161 496 0123|ur|2026-05-04|2026-06-01T10:00:00Z|unknown");
    assert_string_equal(importing_ask(s, "SELECT status || remote FROM service WHERE source_key = 's2'"), "temporarily_closed1");
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM service_need WHERE code = 'caring'"), "1");
    assert_string_equal(importing_ask(s, "SELECT text FROM service_detail WHERE kind = 'phone'"), "0161 496 0123, 7, voice");
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM service_detail WHERE kind = 'schedule'"), "2");
    assert_string_equal(importing_ask(s, "SELECT text FROM service_detail WHERE kind = 'location' AND source_key = 'l1'"),
                        "The Hub, 1 Example Road, Swinton, m27 4aa");
    assert_string_equal(importing_ask(s, "SELECT text FROM service_detail WHERE kind = 'note'"), "E-mail: not an e-mail");
    importing_sound(s);
}

static void the_feed_again_changes_what_it_changed_and_keeps_what_is_ours(void **state)
{
    (void)state;
    write_feed("Coffee morning");
    json_decref(importing_must(s, "services", folder, NULL));
    char ref[64], line[160];
    snprintf(ref, sizeof ref, "%s", importing_ask(s, "SELECT ref FROM service WHERE source_key = 's 1'"));
    snprintf(line, sizeof line, "service edit %s needs=isolation capacity=waitlist", ref);
    world_must(s, line, NULL);
    world_must(s, "organisation edit dir-1 status=active", NULL);
    write_feed("Tea afternoon");
    json_t *r = importing_must(s, "services", folder, NULL);
    if (importing_count(r, "changed") != 1 || importing_count(r, "unchanged") != 1)
        fail_msg("%s", json_dumps(r, 0));
    json_decref(r);
    assert_string_equal(importing_ask(s, "SELECT name || ' ' || needs || ' ' || capacity FROM service WHERE source_key = 's 1'"),
                        "Tea afternoon isolation waitlist");
    assert_string_equal(importing_ask(s, "SELECT status FROM organisation WHERE code = 'dir-1'"), "active");
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM organisation WHERE feed IS NOT NULL"), "1");
}

static void a_feed_without_services_or_with_a_broken_table_is_refused_whole(void **state)
{
    (void)state;
    struct err e = importing_no(s, "services", folder, NULL);
    assert_non_null(strstr(e.text, "organizations.csv"));
    write_feed("Coffee morning");
    table("phones.csv", "id,service_id,number\np1,s 1,\"0161\n");
    e = importing_no(s, "services", folder, NULL);
    assert_non_null(strstr(e.text, "phones.csv"));
    write_feed("Coffee morning");
    e = importing_no(s, "services", folder, importing_file("bad.map", "need '242' = sadness\n"));
    assert_non_null(strstr(e.text, "line 1"));
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM service WHERE feed IS NOT NULL"), "0");
}

static void a_dry_run_of_a_feed_leaves_no_trace(void **state)
{
    (void)state;
    write_feed("Coffee morning");
    const char *before = importing_snapshot(s);
    json_t *r = importing_dry(s, "services", folder, NULL);
    assert_int_equal(json_array_size(json_object_get(r, "fates")), 4);
    assert_string_equal(before, importing_snapshot(s));
    json_decref(r);
}

static void the_published_hsds_example_comes_in(void **state)
{
    (void)state;
    const char *example = importing_shared("oruk/hsds_examples_csv");
    if (!example)
        skip();
    json_t *r = importing_must(s, "services", example, NULL);
    assert_int_equal(importing_count(r, "added"), 1);
    assert_string_equal(importing_ask(s, "SELECT s.name || '|' || o.name || '|' || s.min_age || '|' || s.assured_on || '|' || s.source_modified FROM service s "
                                         "JOIN organisation o ON o.id = s.organisation_id WHERE s.feed = 'hsds_examples_csv'"),
                        "Community Counselling|Example Organization Inc.|12|2005-01-01|2023-03-15T10:30:45.123Z");
    assert_true(importing_rows(s, "service_detail") >= 6);
    json_decref(r);
    r = importing_must(s, "services", example, NULL);
    assert_true(importing_count(r, "again"));
    json_decref(r);
}

static const char street_map[] =
    "feed street-support\n"
    "field organisation_key = provider_key\nfield organisation_name = provider_name\nfield name = provider_name\n"
    "field description = service_info\nfield location = street\nfield location = city\nfield postcode = postcode\n"
    "field phone = telephone\nfield schedule = opening\nfield term = tags\nfield remote = telephone_service\n"
    "field needs = tags\nvalue needs: \"Anyone who is homeless\" = housing\n"
    "ignore latitude\nignore longitude\nignore appointment_only\n";

static void a_flat_file_comes_in_through_a_map(void **state)
{
    (void)state;
    const char *map = importing_file("flat.map",
        "field organisation_name = provider\nfield name = service\nfield needs = tags\nvalue needs: 'homeless people' = housing,emotional_health\n"
        "value needs: everyone = -\nfield schedule = open\n");
    json_t *r = importing_must(s, "services", importing_file("flat.csv",
        "provider,service,tags,open,phone,postcode\n"
        "Hub,Meals,homeless people,Monday,test tel,m27 4aa\nHub,Meals,Everyone,Tuesday,,M27 4AA\nHub,Talk,Everyone,,0161 496 0123,\n"), map);
    if (importing_count(r, "added") != 3)
        fail_msg("%s", json_dumps(r, 0));
    assert_int_equal(importing_count(r, "warnings"), 1);
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM organisation WHERE feed = 'flat'"), "1");
    assert_string_equal(importing_ask(s, "SELECT max(needs) FROM service WHERE feed = 'flat'"), "housing,emotional_health");
    json_decref(r);
    /* the same services in a newer file are known by organisation, name and place */
    r = importing_must(s, "services", importing_file("flat.csv",
        "provider,service,tags,open,phone,postcode\n"
        "Hub,Meals,homeless people,Monday and Friday,,m27 4aa\nHub,Meals,Everyone,Tuesday,,M27 4AA\nHub,Talk,Everyone,,0161 496 0123,\n"), map);
    assert_int_equal(importing_count(r, "changed"), 1);
    assert_int_equal(importing_count(r, "unchanged"), 2);
    json_decref(r);
}

static void the_street_support_file_comes_in_through_a_map(void **state)
{
    (void)state;
    const char *file = importing_shared("gm_services/streetsupport_manchester_services.csv");
    if (!file)
        skip();
    struct buf map = {0};
    buf_str(&map, street_map);
    json_t *r = importing_dry(s, "services", file, importing_file("street.map", map.data));
    /* their tags are free text: those without a word in the map are refused, and named */
    assert_true(importing_count(r, "reasons.needs.refused") > 0);
    json_decref(r);
    char *needs = strstr(map.data, "field needs");
    *needs = '\0';
    buf_fmt(&map, "%s", "");
    map.len = strlen(map.data);
    buf_str(&map, "ignore latitude\nignore longitude\nignore appointment_only\n");
    r = importing_must(s, "services", file, importing_file("street.map", map.data));
    if (importing_count(r, "added") != 36)
        fail_msg("%s", json_dumps(r, 0));
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM organisation WHERE feed = 'street-support' AND status = 'paused'"), "29");
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM service WHERE feed = 'street-support' AND postcode = 'M21 9AQ'"), "1");
    json_decref(r);
    r = importing_must(s, "services", file, importing_file("street.map", map.data));
    assert_true(importing_count(r, "again"));
    json_decref(r);
    buf_free(&map);
    importing_sound(s);
}

static void only_who_keeps_the_directory_imports_it(void **state)
{
    (void)state;
    write_feed("Coffee morning");
    struct session *worker = world_as("worker");
    struct err e = importing_no(worker, "services", folder, NULL);
    assert_int_equal(e.code, ERR_DENIED);
    world_close(worker);
    struct session *admin = world_as("admin");
    json_decref(importing_must(admin, "services", folder, NULL));
    world_close(admin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(an_hsds_folder_becomes_paused_organisations_with_services),
        TEST(the_feed_again_changes_what_it_changed_and_keeps_what_is_ours),
        TEST(a_feed_without_services_or_with_a_broken_table_is_refused_whole),
        TEST(a_dry_run_of_a_feed_leaves_no_trace),
        TEST(the_published_hsds_example_comes_in),
        TEST(a_flat_file_comes_in_through_a_map),
        TEST(the_street_support_file_comes_in_through_a_map),
        TEST(only_who_keeps_the_directory_imports_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
