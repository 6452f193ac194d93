/* SPDX-License-Identifier: MIT
 *
 * See places.h. A postcode is made of a district that is there and letters
 * that fit (none of C I K M O V in the inward half); which one belongs to
 * which made-up street is chance, and always the same.
 */
/* clang-format off: what belongs together stands together */
#include "demo/places.h"

#include <stdio.h>
#include <string.h>

#define STREETS(...)                                                                               \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

const struct neighbourhood_place places[NEIGHBOURHOODS] = {
    {"broughton",
     "Broughton",
     20,
     "Salford",
     {"M7", "M7", "M3"},
     STREETS("Larkspindle Street", "Old Ropery Walk", "Tenterhook Lane", "Candlewick Terrace",
             "Bleachcroft Road", "Dyehouse Gardens", "Quarterbell Street", "Fustian Row",
             "Saltpan Crescent", "Nettlewell Avenue", "Hatband Street", "Cross Wharfinger Street")},
    {"eccles-irlam",
     "Eccles and Irlam",
     21,
     "Salford",
     {"M30", "M44", "M30"},
     STREETS("Cadisfield Road", "Steamhammer Way", "Barge Pole Lane", "Lockgate Avenue",
             "Currantbun Street", "Mossdraine Road", "Weavers' Fold Close", "Ship Whistle Street",
             "Patricroft Mews Lane", "Peatcutter Drive", "Longbarley Avenue",
             "Saint Elfin's Walk")},
    {"ordsall-claremont",
     "Ordsall and Claremont",
     22,
     "Salford",
     {"M5", "M6", "M6"},
     STREETS("Bollardside Street", "Halfcrane Road", "Trafalgar Basin Walk", "Oakum Street",
             "Height Hollow Road", "Lapwing Steps", "Sugarloaf Terrace", "Claremont Hollow Lane",
             "Doublepenny Street", "Dockhand Close", "Fairhopeley Avenue", "Seven Capstans Road")},
    {"swinton",
     "Swinton",
     17,
     "Swinton",
     {"M27", "M27", "M28"},
     STREETS("Pitbrow Lane", "Agecroftley Road", "Wardleyshaw Drive", "Lantern Shaft Street",
             "Moorside Nook", "Cobblerdene Avenue", "Clifton Winding Road", "Pendlebell Street",
             "Brass Tally Close", "Victoria Orchard Road")},
    {"walkden-little-hulton",
     "Walkden and Little Hulton",
     20,
     "Walkden",
     {"M28", "M38", "M38"},
     STREETS("Starling Gate Lane", "Hultonbank Avenue", "Peelmoss Road", "Ellenbrookside Walk",
             "Tubboat Street", "Underground Canal Lane", "Armitage Nook", "Blackleach Rise",
             "Kersal Pitts Street", "Cleggs Hollow Drive", "Wharton Garth Road", "Coal Tub Close")},
};

const struct practice_place practice_places[] = {
    {"P87901", "Larkspindle Medical Centre", 0},
    {"P87902", "The Ropery Surgery", 0},
    {"P87903", "Bleachcroft Family Practice", 0},
    {"P87904", "Tenterhook Lane Health Centre", 0},
    {"P87905", "Dr Feldenbaum and Partners", 0},
    {"P87906", "Fustian Row Surgery", 0},
    {"P87907", "Saltpan Practice", 0},
    {"P87908", "Quarterbell Medical Practice", 0},
    {"P87911", "Steamhammer Surgery", 1},
    {"P87912", "Lockgate Health Centre", 1},
    {"P87913", "Mossdraine Medical Practice", 1},
    {"P87914", "Currantbun Street Surgery", 1},
    {"P87915", "Peatcutter Family Doctors", 1},
    {"P87916", "Ship Whistle Practice", 1},
    {"P87917", "Cadisfield Road Surgery", 1},
    {"P87918", "Saint Elfin's Medical Centre", 1},
    {"P87921", "Bollardside Practice", 2},
    {"P87922", "Halfcrane Medical Centre", 2},
    {"P87923", "Height Hollow Surgery", 2},
    {"P87924", "Sugarloaf Family Practice", 2},
    {"P87925", "Trafalgar Basin Health Centre", 2},
    {"P87926", "Oakum Street Surgery", 2},
    {"P87927", "Seven Capstans Practice", 2},
    {"P87928", "Doublepenny Surgery", 2},
    {"P87931", "Pitbrow Lane Surgery", 3},
    {"P87932", "Wardleyshaw Medical Centre", 3},
    {"P87933", "Pendlebell Practice", 3},
    {"P87934", "Moorside Nook Surgery", 3},
    {"P87935", "Victoria Orchard Doctors", 3},
    {"P87936", "Lantern Shaft Health Centre", 3},
    {"P87941", "Starling Gate Surgery", 4},
    {"P87942", "Hultonbank Medical Centre", 4},
    {"P87943", "Peelmoss Practice", 4},
    {"P87944", "Tubboat Street Surgery", 4},
    {"P87945", "Blackleach Rise Health Centre", 4},
    {"P87946", "Wharton Garth Family Practice", 4},
    {"P87947", "Coal Tub Surgery", 4},
    {"P87948", "Ellenbrookside Practice", 4},
};
const size_t practice_count = sizeof practice_places / sizeof *practice_places;

/* clang-format on */
static size_t street_count(const struct neighbourhood_place *p)
{
    size_t n = 0;
    while (p->streets[n])
        n++;
    return n;
}

static void make_postcode(struct chance *c, const char *district, char out[9])
{
    static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";
    snprintf(out, 9, "%s %d%c%c", district, chance_between(c, 0, 9),
             letters[chance_index(c, sizeof letters - 1)],
             letters[chance_index(c, sizeof letters - 1)]);
}

void place_postcode(struct chance *c, int neighbourhood, char out[9])
{
    make_postcode(c, places[neighbourhood].districts[chance_index(c, 3)], out);
}

/* Houses of one stretch of a street share a postcode: its chance is that of the stretch. */
#define STRETCH 16

void place_address(struct chance *c, int neighbourhood, struct address *out)
{
    const struct neighbourhood_place *p = &places[neighbourhood];
    size_t street = chance_index(c, street_count(p));
    int house = chance_between(c, 1, 239);
    struct chance stretch = chance_of((uint64_t)(house / STRETCH), p->streets[street], 0);
    text_put(out->street, sizeof out->street, p->streets[street]);
    make_postcode(&stretch, p->districts[chance_index(&stretch, 3)], out->postcode);
    char flat[16] = "";
    if (chance_percent(c, 18))
        snprintf(flat, sizeof flat, "Flat %d\n", chance_between(c, 1, 24));
    snprintf(out->lines, sizeof out->lines, "%s%d %s\n%s", flat, house, out->street, p->town);
}
