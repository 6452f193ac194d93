/* SPDX-License-Identifier: MIT
 *
 * New paths: work, learning, settling in a new country, and whatever has no
 * heading of its own.
 */
#include "demo/words.h"

static const struct line gp[] = {
    {"employment", "Fit note x{5|7}, wants to go back to work but lost confidence. Please support with return to work."},
    {"employment", "Redundant after {19|23|27} years. Fit, bored, drinking a bit more. Would do well with employment support."},
    {"learning", "Difficulty reading, hidden for years, disclosed today. Wants to read to the children. Please find a class."},
    {"immigration", "Newly arrived family in asylum accommodation. Physical health fine. Needs orientation, ESOL, somewhere to go. Interpreter needed."},
    {"immigration", "Refugee status granted, {28|56} days to leave accommodation. Urgent practical help please."},
    {"other", "Cannot put finger on it. Attends monthly with different symptom. Good rapport. \"Something's missing, doctor.\" Please explore."},
};
static const struct line self[] = {
    {"employment", "I have sent {forty|sixty} applications and heard from two. I need someone to tell me what I'm doing wrong."},
    {"learning", "I never learned to read properly. I am {good with my hands|not stupid}. I don't want a school room."},
    {"immigration", "I have papers now and no house. I want to learn English more quickly and to work. In my country I was a {nurse|teacher|tailor|engineer}."},
    {"other", "I don't know if I'm in the right place. I just feel I have come to a stop."},
};
static const struct line other[] = {
    {"employment", "Jobcentre: long out of work, good attender, freezes in interviews. Has asked for something that isn't a course."},
    {"learning", "Library: borrows the same picture books for grandchildren and asked us, very quietly, about lessons."},
    {"immigration", "Church drop-in: family of {four|five}, children not in school yet, mother says she's fine and isn't. Arabic speaking."},
    {"immigration", "School: pupil interpreting for parents at everything. Parents would like to manage themselves. Consent via interpreter."},
    {"other", "College tutor: talented, turning up later and later. Says nothing is wrong. Agreed to a chat."},
    {"employment", "Probation: engaging well, wants work, no bank account or ID. Happy to be rung."},
};
static const struct line first[] = {
    {"employment", "First meeting at the library. <name> brought a tie in <her> pocket \"in case\". Can drive a forklift, fix a boiler, calm a drunk. None of it is on the CV."},
    {"employment", "Phone, 35 mins. Has not told the family <she> was let go. Leaves at eight every morning and sits in {the park|Eccles library|the car}. We start with that."},
    {"learning", "Met at the cafe, menu handed to me to \"choose for both\". Said I knew, and that it is more common than <she> thinks. Long breath out. One-to-one to begin with."},
    {"immigration", "First visit with interpreter, {50|60} mins. Four people, two rooms, one saucepan. <name> asked first about school for the children, then about the bus, then, when the interpreter had stood up, about sleep."},
    {"immigration", "Met at <practice>. Papers are in order and in a plastic bag round <her> neck. Move-on date is the {9th|16th|27th}. Everything else waits for that."},
    {"other", "First talk. Could not find the need either, so drew a map: who, where, what, when. The whole right-hand side was empty and <she> looked at it for a bit."},
    {"", "Introduced myself by phone. <name> likes plain speaking. Said what I do in two sentences, <she> said \"so you're a sort of signpost with legs\". Taken."},
};
static const struct line middle[] = {
    {"employment", "CV down to one page with <org>. It says \"calm under pressure\" and for once it's true."},
    {"employment", "Mock interview. Froze at \"tell us about yourself\". Did it again with the tea in hand, better."},
    {"employment", "Interview on {Thursday|Tuesday} at the {depot|hospital laundry|school kitchen}. Bus timed, shirt ironed, I have the spare tie."},
    {"employment", "Did not get it. Rang <him> before <she> could ring me. They said second out of {thirty|forty}. Going again."},
    {"employment", "Told the family. They had known for weeks. Big tea."},
    {"employment", "Work trial at <org>, three mornings. Early every time."},
    {"employment", "Forklift licence out of date by {four|six} months. <org> can pay for the refresher."},
    {"learning", "First lesson with <org>, in the side room with the door shut. Came out with eleven words and a pencil behind <her> ear."},
    {"learning", "Read me a bus timetable. Slowly, all of it, including the small print."},
    {"learning", "Missed two weeks. Ashamed of a spelling. Tutor sent a postcard, in big clear print, and back <she> went."},
    {"learning", "Maths is easy, it turns out: thirty years of darts."},
    {"learning", "Read a whole book to the little one. Twelve pages, one about a duck."},
    {"immigration", "ESOL assessment at <org>: entry {1|2}. Starts on {the 10th|Monday}. Shoes polished for it."},
    {"immigration", "School places for both. Uniform from the exchange. <name> took a photo of them at the door and sent it a long way."},
    {"immigration", "Bank account open at the third bank. Took the letter from <org> to convince them."},
    {"immigration", "Move-on: <org> have a room from {Friday|the 14th}. Two buses to school, but a door with a key."},
    {"immigration", "Interpreter did not come. Managed with <her> English and my drawing. Booked again for {Tuesday|Thursday} properly for the form."},
    {"immigration", "Nightmares. Asked, through the interpreter, whether I could tell the doctor. Yes. Done the same day."},
    {"immigration", "Cooked for the drop-in. Queue out of the door. Was asked for the recipe in four languages."},
    {"other", "Something on the right-hand side of the map: \"{choir|boat|chess|bees}\", with a question mark."},
    {"other", "Went along to <org> \"only to look\". Looked for two hours."},
    {"other", "Talked about the old days at {the docks|the mill|Agecroft}. Oral history people at <org> would give their teeth for this."},
    {"", "Chased <org>, they have a place from the {5th|12th|19th}. Told <name>, calendar, alarm, done."},
    {"", "Ten minutes by phone between buses. Moving along. Bring ID next time."},
    {"", "Lost the letter, found the letter, it was for next week. Laughed."},
    {"", "Met at the usual table. Somebody else was in it. <name> went over and asked them. Would not have in the spring."},
    {"", "Low today. The waiting is the worst of it. Walked to the canal and back and said nothing much."},
    {"", "<org> rang me to say how well <she> is doing, so I rang <name> and said so."},
    {"", "Form done, {17|24} pages. <name> signed with a flourish."},
};
static const struct line last[] = {
    {"employment", "Started on {Monday|the 3rd|the 15th}. Sent me a picture of the lanyard. Closing in a month unless <she> rings."},
    {"employment", "Closing. Still there, passed probation, moaning about the rota like a proper employee."},
    {"learning", "Last session. <name> read the closing form to me and corrected a comma."},
    {"immigration", "Closing, with tea and something fried. Settled, schooled, registered. Interprets for the new family upstairs."},
    {"immigration", "Moved to {Bolton|Rochdale|Bury} for the work. Handed over to the link worker there with <her> agreement."},
    {"other", "Closed. It's the bees."},
    {"", "Ended by agreement. <name> filled in the map again, there is no room left on it."},
    {"", "Final call, {15|20} mins. \"You asked the right question and then you shut up.\" I'll take that."},
};
static const struct line goals[] = {
    {"employment", "To be in work by my birthday"},
    {"employment", "To have a reason to set the alarm"},
    {"learning", "To read a bedtime story"},
    {"immigration", "To speak English at the school gate without help"},
    {"immigration", "To have a home with our own key"},
    {"other", "To find out what is missing"},
    {"", "To be good at something again"},
};
static const struct line actions[] = {
    {"employment", "Write down ten things I can do that aren't on the CV"},
    {"employment", "Ring <org> about the work trial"},
    {"learning", "Go to the first lesson, side door, nobody will see"},
    {"immigration", "Take the letter to the bank with <org>"},
    {"immigration", "Speak English at one shop every day"},
    {"other", "Fill in one corner of the map"},
    {"", "Go along once, only to look"},
};
static const struct line summaries[] = {
    {"employment", "Out of work for over a year, health now steady. Good practical skills, little confidence. Part-time to begin with."},
    {"employment", "Wants work. No ID or bank account yet. Reliable attender."},
    {"learning", "Adult beginner in reading, has not told many people. One to one, somewhere private. Numbers are strong."},
    {"immigration", "New to the area. Needs English classes and help to find the way round. Interpreter for anything official."},
    {"immigration", "Leaving asylum accommodation within the month. Family, papers in order. Housing first."},
    {"other", "Looking for something to belong to. Open to ideas, likes history and animals."},
    {"", "Wants a new start and is ready for one. Plain speaking preferred."},
};
const struct word_family paths_words = {
    .needs = "employment,learning,immigration,other",
    .gp = LINES(gp), .self = LINES(self), .other = LINES(other),
    .first = LINES(first), .middle = LINES(middle), .last = LINES(last),
    .goals = LINES(goals), .actions = LINES(actions), .summaries = LINES(summaries),
};
