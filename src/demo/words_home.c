/* SPDX-License-Identifier: MIT
 *
 * The home: housing, warmth, food, help in the house, getting out and online.
 */
#include "demo/words.h"

static const struct line gp[] = {
    {"housing", "Asthma exacerbations x{3|4} this winter, describes black mould in the bedroom. Landlord not responding. Please help with housing."},
    {"housing", "Sofa surfing since relationship ended, uses surgery as postal address. Low mood. Would like help with housing options."},
    {"fuel_poverty", "COPD, second admission this winter. Heats one room only. Please assess for warm home help."},
    {"fuel_poverty", "Elderly patient attending with chilblains. Admits keeping heating off. Lives alone, no family nearby."},
    {"food", "Weight loss investigated, no cause found. On direct questioning skips meals to feed the children. Please support."},
    {"practical_help", "Discharged after hip fracture, stairs a problem, no one to shop. Would benefit from practical help at home."},
    {"digital", "Cannot use online consultation, no smartphone. Misses appointments as a result. Keen to learn."},
    {"transport", "DNA x3 at hospital. Two buses and cannot manage the walk. Please look at transport options."},
};
static const struct line self[] = {
    {"housing", "There is water coming through the bathroom ceiling and they just send someone to look at it. I have got a {two|three} year old."},
    {"fuel_poverty", "I go to bed at six because it is the only place I am warm. I don't want charity, I want the boiler sorted."},
    {"food", "I have been using the food club but I am embarrassed and I don't know what else there is."},
    {"practical_help", "I only need someone to do the bins and change a light bulb. I am not ready for a home."},
    {"digital", "Everything is online now and I haven't got online. I feel like I've been left behind."},
    {"transport", "Since they stopped the {bus|service} past here I have not been to {church|the market|my sister's} once."},
};
static const struct line other[] = {
    {"housing", "Health visitor: parent and baby in one room of a shared house, damp, no cot space. Asked for help. Consent to call after 1pm."},
    {"fuel_poverty", "Fire service home safety visit: occupant heating the flat with the oven door open. Carbon monoxide alarm fitted. Agreed to referral."},
    {"food", "School office: <she> <has> stopped collecting the children in person and they are hungry on Mondays. Said yes to a phone call."},
    {"practical_help", "Next door: managed till the winter and now the house is getting on top of <him>. <She> knows I am ringing."},
    {"", "Housing association: routine visit, property cluttered, tenant polite but clearly not coping. Not a tenancy issue yet. Agreed to be contacted."},
    {"transport", "Niece: <she> gave up driving after the eye clinic and is climbing the walls. Too proud to ask for lifts."},
    {"digital", "Pharmacy: <she> asked us to do <her> shopping order on our computer. <She> laughed but I think <she> meant it. Said a call would be fine."},
};
static const struct line first[] = {
    {"housing", "Visited at home. Mould from the skirting to about knee height in the back bedroom. Took photos with <her> permission. <She> has rung the landlord {nine|eleven|fourteen} times and has the dates."},
    {"housing", "Met at the surgery as <she> has no fixed place. Sleeping at a mate's until the weekend. Everything <she> owns is in two bags. Registered as homeless? No. First job."},
    {"fuel_poverty", "Home visit, kept my coat on, so did <she>. Smart meter turned to the wall so that <she> can't see it. Agreed two things: boiler grant and being on the priority list."},
    {"food", "Phone, 40 mins. Will not say the words food bank. Calls it \"the church thing\". Fine. Agreed I would look at the pantry where you pay a bit, <she> liked that."},
    {"practical_help", "First visit. Lives in the front room since the fall. Commode behind a curtain. Wants to stay put. Listed what is hard: bins, stairs, the high shelf, the cat's tablets."},
    {"digital", "Met at the library. Has a tablet from a relative, still in the box from Christmas. Wants three things: see the {family|great-nephew} in {Perth|Cork|Lagos|Gdańsk}, order prescriptions, watch the rugby."},
    {"transport", "Phone call, 25 mins. Chirpy until I asked when <she> was last out. Long pause. \"August.\""},
    {"", "First visit. Warm welcome, cold house. <name> showed me round like an estate agent and told me not to write down the kitchen. I have not."},
};
static const struct line middle[] = {
    {"housing", "Sent the photos and dates to environmental health with <name>'s agreement. Reference number given. Inspector to ring within {5|10} working days."},
    {"housing", "Inspector came. Category {one|two} hazard, landlord has 28 days. <name> worried about being put out. Went through why that can't be done just like that."},
    {"housing", "Bidding is open for <him> now, band {2|3}. Placed {two|three} bids together on the library computer. Told <him> honestly how long it can take."},
    {"housing", "Temporary place from tonight, far side of {Eccles|Walkden|Swinton}. Not ideal for school. <name> cried, then asked if it had a bath."},
    {"housing", "Deposit scheme through <org> said yes in principle. Needs references. I can write one."},
    {"housing", "Landlord painted over it. Again. Sent the new photo to the inspector."},
    {"fuel_poverty", "Surveyor from <org> came, loft has no insulation at all. Grant form done, needs a copy of the pension letter."},
    {"fuel_poverty", "On the priority services register. Electric blanket delivered, instruction read out over the phone. £{1|2} a month to run, which surprised us both."},
    {"fuel_poverty", "New boiler in! <name> rang me from next to it. Front room {18|19|20} degrees. Says the cat has moved."},
    {"fuel_poverty", "Prepayment meter debt being taken at £{7|9|12} a week. Rang the supplier together and got it down to £{3|4}."},
    {"food", "Went to the pantry with <him> the first time. <She> paid £{3.50|4|5} and came out with a chicken. Has put <her> name down to help on Wednesdays."},
    {"food", "Cook-along at <org> started. Came home with a {dhal|stew|pasta bake} and the recipe, and ate it for three days."},
    {"food", "Healthy Start card arrived after {two|three} goes at the helpline."},
    {"practical_help", "Handyperson from <org> fitted two rails and a key safe. Code is with the district nurses, not on here."},
    {"practical_help", "Gardening volunteers came, {three|four} of them. <name> directed from the window. Bins are now reachable."},
    {"practical_help", "<name> had another fall, no injury, could not get to the phone. Pendant ordered. <She> says <she> won't wear it in bed. Working on that."},
    {"digital", "Second tablet session. Can switch it on, find the library page and switch it off again. \"I've learned three things and one of them was patience.\""},
    {"digital", "First video call done. I left the room. Could hear the laughing from the stairs."},
    {"digital", "Locked out again. Wrote the password in the address book under P, which we both know is not what they tell you."},
    {"transport", "Community car booked for the {eye|heart|pain} clinic on {Tuesday|Friday}. £{6|8} there and back, driver waits."},
    {"transport", "Ring and ride form done. Bus pass photo taken against the kitchen door."},
    {"transport", "Went on the bus with <him>, one stop, then back. Next week two. <She> was grey by the end but <was> the one who suggested the cake."},
    {"", "Chased <org> by phone, on hold {18|25|32} minutes. They have it. Visit is on the {8th|14th|21st} between {8 and 1|12 and 5}. Rang <name> to say."},
    {"", "Nobody came from <org>. <name> waited in all day and was more resigned than cross. I was cross enough for two. New date by {Friday|Monday}."},
    {"", "Popped in with the form. <name> had made soup. Signed it after the soup."},
    {"", "Call. Better spirits. Sister is coming to stay for a {week|fortnight} so no visit needed, ring after the {12th|20th}."},
    {"", "<name> in hospital since {Sunday|Thursday}, chest. Ward says home by the weekend. Asked <org> to hold the slot."},
    {"", "Long talk about whether to move. <She> has been in that house {forty-one|thirty-six|fifty-two} years. No decision. Did not push."},
};
static const struct line last[] = {
    {"housing", "Keys today. {Two bedrooms|One bedroom|Ground floor} and a bit of garden. <name> sent a photo of the kettle on the windowsill. Closing in two weeks if all is well."},
    {"fuel_poverty", "Last visit. Took my coat off. That's the note."},
    {"food", "Closing. Cooks for the pantry on Wednesdays now and told me off for my own lunch."},
    {"practical_help", "Review: rails used daily, no falls since the {spring|summer|autumn}, cleaner once a fortnight paid out of attendance allowance. Happy to close."},
    {"digital", "Closing. <She> sent me the closing form back by e-mail, with a smiley face."},
    {"transport", "Out {twice|three times} this week without me. Agreed to close."},
    {"", "Final call. What <she> came for is done. Knows <she> can ring back, and asked me to tell <practice> that it worked."},
    {"", "Closed with <her> agreement. One thing left over (the back gate), <org> will do it when they have volunteers."},
};
static const struct line goals[] = {
    {"housing", "To live somewhere dry where my child does not cough all night"},
    {"housing", "To have a front door of my own"},
    {"fuel_poverty", "To be warm in more than one room"},
    {"food", "To cook a proper meal at least three times a week"},
    {"practical_help", "To stay in my own home and be safe on the stairs"},
    {"digital", "To see my family's faces when we talk"},
    {"transport", "To get to appointments without asking my neighbour"},
    {"", "To feel at home in my house again"},
};
static const struct line actions[] = {
    {"housing", "Keep a diary of the damp with photos every Sunday"},
    {"housing", "Place my bids every week on the library computer"},
    {"fuel_poverty", "Ring the supplier about the priority register with my link worker"},
    {"food", "Go to the pantry on Wednesday, the first time with company"},
    {"practical_help", "Let the handyperson fit the rail by the back step"},
    {"digital", "Practise switching on, looking up one thing and switching off"},
    {"transport", "Travel one stop on the bus and back"},
    {"", "Be in when <org> comes and tell them all of it, not only the easy bit"},
};
static const struct line summaries[] = {
    {"housing", "Damp and mould, child with a chest condition in the house. Photos and dates available. Landlord not responding."},
    {"housing", "No settled place to stay. Phone is on most afternoons. Needs options advice before the weekend if at all possible."},
    {"fuel_poverty", "Cold home, long-term chest condition, boiler not working. Owner, on pension credit. Please check for grants."},
    {"food", "Skipping meals. Would prefer somewhere you pay a little. Cooks well, has a cooker and a freezer."},
    {"practical_help", "Recently out of hospital. Needs small jobs done safely: rail, bins, light bulbs. Key safe can be fitted."},
    {"digital", "Complete beginner, willing. Own tablet. Slow and patient one-to-one would suit."},
    {"transport", "Cannot manage two buses. Uses a stick. Regular clinic appointments."},
    {"", "Needs help in and around the home. Will open the door if told who is coming and when."},
};
const struct word_family home_words = {
    .needs = "housing,fuel_poverty,food,practical_help,digital,transport",
    .gp = LINES(gp), .self = LINES(self), .other = LINES(other),
    .first = LINES(first), .middle = LINES(middle), .last = LINES(last),
    .goals = LINES(goals), .actions = LINES(actions), .summaries = LINES(summaries),
};
