-- SPDX-License-Identifier: MIT
--
-- The whole current schema of onward, embedded in the program at build and run
-- unchanged by SQLite and PostgreSQL (whose loader reads BIGINT for INTEGER
-- and BYTEA for BLOB).
--
-- Conventions. `id` is a 63-bit key made by the program, sorted by time. `ref`
-- is what people quote (SP-4K7Q-9XD3), unique, never reused. Instants (`.._at`)
-- are UTC milliseconds; calendar dates (`.._on`) are text YYYY-MM-DD, both made
-- in C. An absent value is NULL. `version` counts the edits of a row, so that a
-- desk that held an older copy is told. Flags are 0 or 1. Codes are short
-- words: closed lists that rules depend on live in src/model, lists that a
-- service may extend are rows of code_value.

-- What this store is: application, schema_version, and the key of the audit digests.
CREATE TABLE store_meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Settings that differ from the defaults in src/model/settings.c.
CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Coded lists that ship as rows and may grow: needs, sources, outcomes, ...
CREATE TABLE code_value (
    code_set TEXT NOT NULL,           -- need, source, ethnicity, ...
    code     TEXT NOT NULL,
    label    TEXT NOT NULL,           -- the words on screen
    grouping TEXT,                    -- heading in a picker: "Wider determinants"
    sort     INTEGER NOT NULL DEFAULT 0,
    active   INTEGER NOT NULL DEFAULT 1,
    snomed   TEXT,                    -- SNOMED CT id where one is known, else empty
    PRIMARY KEY (code_set, code)
);

-- One-off holidays and moves; the rule holidays are computed.
CREATE TABLE holiday (
    on_date    TEXT NOT NULL PRIMARY KEY,
    is_holiday INTEGER NOT NULL,      -- 0: a rule holiday that is a working day that year
    name       TEXT NOT NULL
);

-- The neighbourhoods of the borough.
CREATE TABLE neighbourhood (
    id      INTEGER NOT NULL PRIMARY KEY,
    code    TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    name    TEXT NOT NULL,
    active  INTEGER NOT NULL
);

-- The words that a person hears or reads before a consent decision. Never edited: a new version is a new row.
CREATE TABLE wording (
    id         INTEGER NOT NULL PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,  -- share-2026-1
    purpose    TEXT NOT NULL,         -- contact, share, evaluation
    text       TEXT NOT NULL,
    active     INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);

-- GP practices from the NHS ODS file.
CREATE TABLE practice (
    ods_code    TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    address     TEXT,
    postcode    TEXT,
    phone       TEXT,
    status      TEXT NOT NULL,        -- active, closed, dormant, proposed
    setting     TEXT,                 -- prescribing setting; 4 is a GP practice
    commissioner TEXT,
    opened_on   TEXT,
    closed_on   TEXT,
    fold_name   TEXT NOT NULL
);
CREATE INDEX practice_name ON practice (fold_name, ods_code);

-- Who may act.
CREATE TABLE app_user (
    id           INTEGER NOT NULL PRIMARY KEY,
    login        TEXT NOT NULL UNIQUE,
    version      INTEGER NOT NULL,
    name         TEXT NOT NULL,
    phone        TEXT,
    email        TEXT,
    os_account   TEXT,                -- the operating-system account this user acts from
    service      INTEGER NOT NULL,    -- 1: a service account, which may act --as another
    active       INTEGER NOT NULL,
    roles        TEXT NOT NULL,       -- comma-separated: worker,rep,manager,admin,auditor,nightly
    neighbourhoods TEXT,              -- comma-separated codes: what a worker covers, what a rep sees
    password     TEXT,                -- argon2id, libsodium's own form
    failed_tries INTEGER NOT NULL,
    last_try_at  INTEGER,
    created_at   INTEGER NOT NULL
);
CREATE UNIQUE INDEX app_user_os ON app_user (os_account) WHERE os_account IS NOT NULL;

-- A person. The identity items are those that the Social Prescribing Information Standard makes mandatory or must-have.
CREATE TABLE person (
    id             INTEGER NOT NULL PRIMARY KEY,
    ref            TEXT NOT NULL UNIQUE,
    version        INTEGER NOT NULL,
    given_name     TEXT NOT NULL,
    family_name    TEXT NOT NULL,
    preferred_name TEXT,
    title          TEXT,
    pronouns       TEXT,
    date_of_birth  TEXT,
    gender         TEXT,
    ethnicity      TEXT,
    sexual_orientation TEXT,
    nhs_number     TEXT,
    nhs_number_status TEXT,
    gp_practice    TEXT,              -- ODS code
    phone          TEXT,
    email          TEXT,
    address        TEXT,              -- lines
    postcode       TEXT,
    neighbourhood  TEXT,              -- neighbourhood.code
    contact_method TEXT,              -- preferred, or a prohibition such as no_telephone
    contact_note   TEXT,
    voicemail_ok   INTEGER,           -- NULL: not asked
    safe_times     TEXT,
    language       TEXT,
    interpreter_language TEXT,
    communication_needs TEXT,         -- Accessible Information Standard: shown wherever the person is shown
    adjustments    TEXT,              -- reasonable adjustments (Equality Act 2010)
    impairment     TEXT,
    mobility       TEXT,
    representative TEXT,
    representative_relation TEXT,
    representative_phone TEXT,
    about_me       TEXT,
    accommodation  TEXT,
    died_on        TEXT,
    restricted     INTEGER NOT NULL,  -- 1: only the users of person_access may know of this record
    merged_into    INTEGER,           -- the person kept, where two records were one person
    created_at     INTEGER NOT NULL,
    created_by     INTEGER NOT NULL
);
CREATE INDEX person_nhs ON person (nhs_number) WHERE nhs_number IS NOT NULL;
CREATE INDEX person_born ON person (date_of_birth, id);
CREATE INDEX person_area ON person (neighbourhood, id);
CREATE INDEX person_practice ON person (gp_practice, id) WHERE gp_practice IS NOT NULL;
CREATE INDEX person_restricted ON person (id) WHERE restricted = 1;

-- Other names of a person: previous, alias, legal.
CREATE TABLE person_name (
    id          INTEGER NOT NULL PRIMARY KEY,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    kind        TEXT NOT NULL,
    given_name  TEXT,
    family_name TEXT,
    created_at  INTEGER NOT NULL
);
CREATE INDEX person_name_person ON person_name (person_id);

-- Other identifiers of a person: local system numbers, the key in an imported spreadsheet.
CREATE TABLE person_identifier (
    id        INTEGER NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    scheme    TEXT NOT NULL,
    value     TEXT NOT NULL
);
CREATE INDEX person_identifier_value ON person_identifier (scheme, value);
CREATE INDEX person_identifier_person ON person_identifier (person_id);

-- Search terms of a person, folded in C: each name word, "family given", telephone digits, postcode, date of birth.
CREATE TABLE person_term (
    term      TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (term, person_id)
);
CREATE INDEX person_term_person ON person_term (person_id, term);

-- Who may know of a restricted person.
CREATE TABLE person_access (
    person_id INTEGER NOT NULL REFERENCES person (id),
    user_id   INTEGER NOT NULL REFERENCES app_user (id),
    PRIMARY KEY (person_id, user_id)
);

-- Two records found to be one person. `moved` is what unmerge needs to take it apart again.
CREATE TABLE person_merge (
    id         INTEGER NOT NULL PRIMARY KEY,
    kept_id    INTEGER NOT NULL REFERENCES person (id),
    dropped_id INTEGER NOT NULL REFERENCES person (id),
    merged_at  INTEGER NOT NULL,
    merged_by  INTEGER NOT NULL,
    undone_at  INTEGER,
    moved      TEXT NOT NULL
);
CREATE INDEX person_merge_dropped ON person_merge (dropped_id);
CREATE INDEX person_merge_kept ON person_merge (kept_id);

-- Pairs that may be one person: offered, never merged by the program.
CREATE TABLE duplicate_offer (
    id         INTEGER NOT NULL PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person (id), -- the newer record
    other_id   INTEGER NOT NULL REFERENCES person (id),
    score      INTEGER NOT NULL,      -- 0-100
    reasons    TEXT NOT NULL,
    decided    TEXT,                  -- merged, different; NULL: open
    created_at INTEGER NOT NULL,
    UNIQUE (person_id, other_id)
);
CREATE INDEX duplicate_offer_open ON duplicate_offer (id) WHERE decided IS NULL;
CREATE INDEX duplicate_offer_other ON duplicate_offer (other_id);

-- Consent decisions, append-only. For each purpose, recipient, need and data category the decision recorded last that touches it decides.
CREATE TABLE consent (
    id          INTEGER NOT NULL PRIMARY KEY,
    ref         TEXT NOT NULL UNIQUE,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    purpose     TEXT NOT NULL,        -- contact, share, evaluation
    decision    TEXT NOT NULL,        -- given, refused, withdrawn, not_sought, best_interests, legal_duty
    recipients  TEXT,                 -- comma-separated organisation codes; NULL: all (not for a given share)
    needs       TEXT,                 -- comma-separated need codes; NULL: all
    categories  TEXT NOT NULL,        -- comma-separated: identity,needs,risks,health,notes
    how         TEXT,                 -- in_person, phone, video, writing, electronic
    wording     TEXT,                 -- wording.code
    given_by    TEXT,                 -- person, parental_responsibility, attorney, deputy
    given_by_name TEXT,
    interpreter TEXT,
    capacity    TEXT,                 -- assumed, has_capacity, lacks_capacity, competent_under_16
    capacity_by TEXT,
    capacity_on TEXT,
    reason      TEXT,                 -- why not sought, withdrawn or refused; which legal duty; why in their best interests
    decider     TEXT,                 -- best interests: who decided
    valid_from  TEXT NOT NULL,
    expires_on  TEXT,
    review_on   TEXT,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL
);
CREATE INDEX consent_person ON consent (person_id, id);
CREATE INDEX consent_expiry ON consent (expires_on, id) WHERE expires_on IS NOT NULL;

-- Risks to or from a person. "No known risks" is a row (kind none_known); no row is "never asked".
CREATE TABLE risk (
    id          INTEGER NOT NULL PRIMARY KEY,
    ref         TEXT NOT NULL UNIQUE,
    version     INTEGER NOT NULL,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    kind        TEXT NOT NULL,
    note        TEXT,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    ended_on    TEXT
);
CREATE INDEX risk_person ON risk (person_id, id);

-- A person's episode with the service.
CREATE TABLE referral (
    id             INTEGER NOT NULL PRIMARY KEY,
    ref            TEXT NOT NULL UNIQUE,
    version        INTEGER NOT NULL,
    person_id      INTEGER NOT NULL REFERENCES person (id),
    state          TEXT NOT NULL,
    state_before   TEXT,              -- what reopen goes back to
    state_at       INTEGER NOT NULL,  -- when the state was entered
    received_on    TEXT,
    source         TEXT,              -- code set source
    referrer_name  TEXT,
    referrer_role  TEXT,
    referrer_organisation TEXT,
    referrer_practice TEXT,           -- ODS code
    referrer_phone TEXT,
    referrer_email TEXT,
    reason         TEXT,              -- what was asked for, in the referrer's words
    urgent         INTEGER NOT NULL,
    neighbourhood  TEXT,
    worker_id      INTEGER REFERENCES app_user (id),
    move_reason    TEXT,              -- why it was last reallocated, returned, reopened or marked as error
    second_reason  TEXT,              -- why a second open episode for one person
    safeguarding   TEXT,              -- none, concern, not_yet, not_asked
    safeguarding_note TEXT,
    safe_by        TEXT,              -- who recorded that handing on is safe
    safe_why       TEXT,
    safe_on        TEXT,
    accepted_on    TEXT,
    allocated_on   TEXT,
    begun_on       TEXT,              -- the one moment that codes "Referral to social prescribing service"
    last_try_on    TEXT,              -- last contact attempt, whatever came of it
    last_reached_on TEXT,             -- last contact that reached the person
    call_back_on   TEXT,
    pause_reason   TEXT,
    paused_until   TEXT,
    plan_agreed    TEXT,              -- yes, no; NULL: not asked
    plan_review_on TEXT,
    gp_action      TEXT,              -- what the GP is asked to do; "none" is an answer
    closed_on      TEXT,
    close_reason   TEXT,
    close_note     TEXT,
    source_key     TEXT,              -- the key in an imported file
    created_at     INTEGER NOT NULL,
    created_by     INTEGER NOT NULL
);
CREATE INDEX referral_person ON referral (person_id, id);
CREATE INDEX referral_state ON referral (state, id);
CREATE INDEX referral_worker ON referral (worker_id, id);
CREATE INDEX referral_caseload ON referral (worker_id, state, id) WHERE state IN ('received', 'waiting', 'allocated', 'active', 'paused');
CREATE INDEX referral_area ON referral (neighbourhood, id);
CREATE INDEX referral_source_key ON referral (source_key) WHERE source_key IS NOT NULL;
-- What the whole service's worklist looks for among its open referrals.
CREATE INDEX referral_concern ON referral (safeguarding, id) WHERE safeguarding <> 'none' AND state IN ('received', 'waiting', 'allocated', 'active', 'paused');
CREATE INDEX referral_call_back ON referral (call_back_on, id) WHERE call_back_on IS NOT NULL;
CREATE INDEX referral_reached ON referral (state, last_reached_on, id) WHERE state = 'active';
CREATE INDEX referral_paused ON referral (state, paused_until, id) WHERE state = 'paused';
CREATE INDEX referral_review ON referral (state, plan_review_on, id) WHERE state = 'active';

-- Further sources of an open episode: asked for again by someone else.
CREATE TABLE referral_source (
    id            INTEGER NOT NULL PRIMARY KEY,
    referral_id   INTEGER NOT NULL REFERENCES referral (id),
    received_on   TEXT NOT NULL,
    source        TEXT NOT NULL,
    referrer_name TEXT,
    referrer_organisation TEXT,
    referrer_practice TEXT,
    reason        TEXT,
    created_at    INTEGER NOT NULL
);
CREATE INDEX referral_source_referral ON referral_source (referral_id);

-- Answers owed to a referrer: accepted, turned_away, declined, closed.
CREATE TABLE answer (
    id          INTEGER NOT NULL PRIMARY KEY,
    referral_id INTEGER NOT NULL REFERENCES referral (id),
    version     INTEGER NOT NULL,
    event       TEXT NOT NULL,
    owed_on     TEXT NOT NULL,
    told_on     TEXT,
    told        TEXT,                 -- how: letter, e-mail, phone, ...
    told_by     INTEGER,
    worker_id   INTEGER REFERENCES app_user (id) -- whose task it is once the case is closed: the last worker, else who ended it
);
CREATE INDEX answer_referral ON answer (referral_id);
CREATE INDEX answer_open ON answer (owed_on, id) WHERE told_on IS NULL;
CREATE INDEX answer_worker ON answer (worker_id, owed_on, id) WHERE told_on IS NULL;

-- A need of a person in an episode; each has its outcome when the episode closes.
CREATE TABLE need (
    id          INTEGER NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL,
    referral_id INTEGER NOT NULL REFERENCES referral (id),
    code        TEXT NOT NULL,        -- code set need
    severity    INTEGER,              -- 1 slight .. 5 crisis
    found       TEXT NOT NULL,        -- presenting, found
    is_main     INTEGER NOT NULL,
    note        TEXT,
    outcome     TEXT,                 -- code set need_outcome
    outcome_on  TEXT,
    outcome_note TEXT,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER NOT NULL,
    UNIQUE (referral_id, code)
);
CREATE INDEX need_code ON need (code, referral_id);

-- Contacts and attempts.
CREATE TABLE contact (
    id          INTEGER NOT NULL PRIMARY KEY,
    ref         TEXT NOT NULL UNIQUE,
    version     INTEGER NOT NULL,
    referral_id INTEGER NOT NULL REFERENCES referral (id),
    on_date     TEXT NOT NULL,
    at_time     TEXT,                 -- HH:MM, UK
    mode        TEXT NOT NULL,        -- phone, visit, video, text, email, letter, meeting
    outcome     TEXT NOT NULL,        -- reached, no_answer, message_left, did_not_attend, wrong_number, other_person, note (neither a try nor a contact)
    minutes     INTEGER,
    note        TEXT,
    call_back_on TEXT,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER NOT NULL
);
CREATE INDEX contact_referral ON contact (referral_id, on_date, id);

-- The plan: strengths, goals (importance 1-10) and their actions (confidence 1-10).
CREATE TABLE plan_item (
    id          INTEGER NOT NULL PRIMARY KEY,
    ref         TEXT NOT NULL UNIQUE,
    version     INTEGER NOT NULL,
    referral_id INTEGER NOT NULL REFERENCES referral (id),
    kind        TEXT NOT NULL,        -- strength, need, goal, action
    parent_id   INTEGER REFERENCES plan_item (id), -- an action's goal, a goal's need
    text        TEXT NOT NULL,
    code        TEXT,
    importance  INTEGER,
    confidence  INTEGER,
    who         TEXT,
    due         TEXT,                 -- partial date
    status      TEXT,                 -- planned, in_progress, done, refused
    outcome     TEXT,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER NOT NULL
);
CREATE INDEX plan_item_referral ON plan_item (referral_id, id);
CREATE INDEX plan_item_parent ON plan_item (parent_id);

-- Signposting: a name and number given to the person. Not a referral.
CREATE TABLE signpost (
    id          INTEGER NOT NULL PRIMARY KEY,
    referral_id INTEGER NOT NULL REFERENCES referral (id),
    on_date     TEXT NOT NULL,
    service_id  INTEGER,
    to_name     TEXT NOT NULL,
    contact     TEXT,
    reason      TEXT,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER NOT NULL
);
CREATE INDEX signpost_referral ON signpost (referral_id);

-- Flags: a message and a date on a referral.
CREATE TABLE flag (
    id          INTEGER NOT NULL PRIMARY KEY,
    ref         TEXT NOT NULL UNIQUE,
    version     INTEGER NOT NULL,
    referral_id INTEGER NOT NULL REFERENCES referral (id),
    message     TEXT NOT NULL,
    due_on      TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER NOT NULL,
    resolved_on TEXT,
    resolved_note TEXT
);
CREATE INDEX flag_referral ON flag (referral_id);
CREATE INDEX flag_open ON flag (due_on, id) WHERE resolved_on IS NULL;

-- Voluntary organisations (VCSE anchors).
CREATE TABLE organisation (
    id          INTEGER NOT NULL PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE, -- names its spool folder
    version     INTEGER NOT NULL,
    name        TEXT NOT NULL,
    status      TEXT NOT NULL,        -- active, paused, closed
    phone       TEXT,
    email       TEXT,
    website     TEXT,
    address     TEXT,
    postcode    TEXT,
    profile     TEXT NOT NULL,        -- machine, spreadsheet
    bom         INTEGER NOT NULL,     -- spreadsheet profile: start files with a byte-order mark
    delivery    TEXT,                 -- name of a delivery command, or NULL: sent by hand
    weekly_list INTEGER NOT NULL,     -- 1: a reply list every week even when nothing is new
    feed        TEXT,                 -- where an imported entry came from
    source_key  TEXT,
    verified_on TEXT,
    fold_name   TEXT NOT NULL,
    created_at  INTEGER NOT NULL
);
CREATE UNIQUE INDEX organisation_source ON organisation (feed, source_key) WHERE source_key IS NOT NULL;
CREATE INDEX organisation_name ON organisation (fold_name, id);

-- Data-sharing agreements: what may leave to an organisation, and until when.
CREATE TABLE agreement (
    id              INTEGER NOT NULL PRIMARY KEY,
    ref             TEXT NOT NULL UNIQUE,
    version         INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (id),
    starts_on       TEXT NOT NULL,
    ends_on         TEXT NOT NULL,
    categories      TEXT NOT NULL,    -- identity,needs,risks,health,notes
    nhs_number      INTEGER NOT NULL, -- the three columns that are off unless named
    risk_note       INTEGER NOT NULL,
    summary         INTEGER NOT NULL,
    death           INTEGER NOT NULL, -- a death may be given as the reason of a stop
    signed_by       TEXT,
    created_at      INTEGER NOT NULL
);
CREATE INDEX agreement_organisation ON agreement (organisation_id, id);
CREATE INDEX agreement_end ON agreement (ends_on, id);

-- Services of organisations.
CREATE TABLE service (
    id              INTEGER NOT NULL PRIMARY KEY,
    ref             TEXT NOT NULL UNIQUE,
    version         INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (id),
    name            TEXT NOT NULL,
    description     TEXT,
    status          TEXT NOT NULL,    -- active, inactive, defunct, temporarily_closed
    needs           TEXT,             -- comma-separated need codes; rows of service_need say the same
    areas           TEXT,             -- comma-separated neighbourhood codes; NULL: the whole borough
    min_age         INTEGER,
    max_age         INTEGER,
    capacity        TEXT NOT NULL,    -- capacity, waitlist, no_capacity, unknown
    capacity_note   TEXT,
    remote          INTEGER NOT NULL, -- 1: by telephone or online, wherever the person lives
    postcode        TEXT,
    languages       TEXT,             -- comma-separated
    access          TEXT,             -- step-free, hearing loop, ...
    reply_days      INTEGER,          -- NULL: the setting
    phone           TEXT,
    email           TEXT,
    url             TEXT,
    fees            TEXT,
    feed            TEXT,
    source_key      TEXT,
    source_modified TEXT,
    assured_on      TEXT,
    verified_on     TEXT,
    fold_name       TEXT NOT NULL,
    created_at      INTEGER NOT NULL
);
CREATE INDEX service_organisation ON service (organisation_id, id);
CREATE UNIQUE INDEX service_source ON service (feed, source_key) WHERE source_key IS NOT NULL;
CREATE INDEX service_name ON service (fold_name, id);

-- Which needs a service answers: the index behind matching.
CREATE TABLE service_need (
    code       TEXT NOT NULL,
    service_id INTEGER NOT NULL REFERENCES service (id),
    PRIMARY KEY (code, service_id)
);
CREATE INDEX service_need_service ON service_need (service_id);

-- What a directory feed says of a service beyond our own columns: telephones, places, opening times, costs, terms.
CREATE TABLE service_detail (
    id         INTEGER NOT NULL PRIMARY KEY,
    service_id INTEGER NOT NULL REFERENCES service (id),
    kind       TEXT NOT NULL,         -- phone, location, schedule, contact, cost, language, accessibility, area, term
    source_key TEXT,
    text       TEXT NOT NULL
);
CREATE INDEX service_detail_service ON service_detail (service_id, kind);

-- One need of one person, handed to one service of one organisation.
CREATE TABLE handoff (
    id              INTEGER NOT NULL PRIMARY KEY,
    ref             TEXT NOT NULL UNIQUE,
    version         INTEGER NOT NULL,
    revision        INTEGER NOT NULL, -- of the row as sent; row_id is ref-revision
    referral_id     INTEGER NOT NULL REFERENCES referral (id),
    person_id       INTEGER NOT NULL REFERENCES person (id),
    need            TEXT NOT NULL,
    service_id      INTEGER NOT NULL REFERENCES service (id),
    organisation_id INTEGER NOT NULL REFERENCES organisation (id),
    previous_id     INTEGER REFERENCES handoff (id), -- re-routed from, or asked again after
    state           TEXT NOT NULL,
    state_before    TEXT,             -- what reopen goes back to
    state_at        INTEGER NOT NULL,
    urgent          INTEGER NOT NULL,
    rung_on         TEXT,             -- an urgent one: when they were rung too
    summary         TEXT,
    goals           TEXT,
    asked_again_on  TEXT,             -- a long-held one: the worker still wants it
    update_due      INTEGER NOT NULL, -- 1: an update row goes next
    queued_at       INTEGER,
    exported_at     INTEGER,
    delivered_at    INTEGER,
    reply_by        TEXT,
    last_reply_on   TEXT,             -- date, batch, file and row order replies
    last_reply_key  TEXT,
    expected_on     TEXT,
    declined_by     TEXT,             -- provider, person
    reason          TEXT,
    outcome         TEXT,
    outcome_on      TEXT,
    their_reference TEXT,
    their_worker    TEXT,
    reviewed_on     TEXT,
    reviewed_by     INTEGER,
    worker_told     INTEGER NOT NULL, -- 0: news the worker has not seen
    stop_reason     TEXT,             -- a stop that is owed, a fact beside the state; NULL: none
    stop_owed_at    INTEGER,
    stop_batch_id   INTEGER,          -- the batch its withdraw row went in
    stop_confirmed_on TEXT,
    stop_confirmed_how TEXT,          -- file, phone, ...: by whom and to whom in the note
    stop_confirmed_note TEXT,
    created_at      INTEGER NOT NULL,
    created_by      INTEGER NOT NULL
);
CREATE INDEX handoff_referral ON handoff (referral_id, id);
CREATE INDEX handoff_person ON handoff (person_id, id);
CREATE INDEX handoff_state ON handoff (state, id);
CREATE INDEX handoff_organisation ON handoff (organisation_id, state, id);
CREATE INDEX handoff_service ON handoff (service_id, state, id);
CREATE INDEX handoff_update ON handoff (organisation_id, id) WHERE update_due = 1;
CREATE INDEX handoff_stop ON handoff (stop_confirmed_on, id) WHERE stop_reason IS NOT NULL AND stop_confirmed_on IS NULL;
CREATE INDEX handoff_news ON handoff (id) WHERE worker_told = 0;
CREATE INDEX handoff_ring ON handoff (urgent, id) WHERE urgent = 1 AND rung_on IS NULL AND state IN ('queued', 'exported', 'delivered', 'no_response');
CREATE INDEX handoff_review ON handoff (reviewed_on, id) WHERE state IN ('declined', 'failed') AND reviewed_on IS NULL;
CREATE INDEX handoff_reply_by ON handoff (state, reply_by, id) WHERE state IN ('exported', 'delivered', 'acknowledged');
CREATE INDEX handoff_reply_on ON handoff (state, last_reply_on, id) WHERE state IN ('accepted', 'waitlisted', 'in_progress', 'on_hold');

-- Why a handoff is held: its shut gates.
CREATE TABLE handoff_gate (
    handoff_id INTEGER NOT NULL REFERENCES handoff (id),
    gate       TEXT NOT NULL,
    reason     TEXT NOT NULL,         -- in words
    PRIMARY KEY (handoff_id, gate)
);

-- What happened to a handoff, in order: moves, replies, steps implied, history that moved nothing.
CREATE TABLE handoff_event (
    id         INTEGER NOT NULL PRIMARY KEY,
    handoff_id INTEGER NOT NULL REFERENCES handoff (id),
    at         INTEGER NOT NULL,
    on_date    TEXT NOT NULL,
    event      TEXT NOT NULL,         -- the action of the workflow table; undo, redo
    state_from TEXT,
    state_to   TEXT,
    effect     TEXT NOT NULL,         -- moved, implied, history
    how        TEXT,                  -- file, phone, email, visit, run, desk
    reply_id   INTEGER,
    note       TEXT,
    by_user    INTEGER NOT NULL
);
CREATE INDEX handoff_event_handoff ON handoff_event (handoff_id, id);

-- A night's package for one organisation. Not void: its bytes are kept for ever.
CREATE TABLE batch (
    id              INTEGER NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL UNIQUE, -- ORG-YYYYMMDD-NNN
    version         INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (id),
    run_on          TEXT NOT NULL,
    state           TEXT NOT NULL,    -- frozen, published, delivered, void
    row_count       INTEGER NOT NULL,
    sha256          TEXT NOT NULL,    -- of handoffs.csv
    previous        TEXT,             -- name of the organisation's batch before
    profile         TEXT NOT NULL,
    bom             INTEGER NOT NULL,
    replies         TEXT,             -- reply.csv as sent
    replies_sha256  TEXT NOT NULL,
    manifest        TEXT NOT NULL,    -- datapackage.json as sent
    created_at      INTEGER NOT NULL,
    published_at    INTEGER,
    delivered_at    INTEGER,
    delivered_how   TEXT,
    delivered_by    TEXT,
    void_reason     TEXT
);
CREATE INDEX batch_organisation ON batch (organisation_id, id);
CREATE INDEX batch_open ON batch (id) WHERE state IN ('frozen', 'published');

-- The rows of a batch, as sent. The payload goes at retention or erasure; its hash stays.
CREATE TABLE batch_row (
    batch_id   INTEGER NOT NULL REFERENCES batch (id),
    row_no     INTEGER NOT NULL,
    row_id     TEXT NOT NULL,
    action     TEXT NOT NULL,         -- new, update, withdraw
    handoff_id INTEGER NOT NULL REFERENCES handoff (id),
    payload    TEXT,                  -- the CSV line without its line end
    sha256     TEXT NOT NULL,
    PRIMARY KEY (batch_id, row_no)
);
CREATE INDEX batch_row_handoff ON batch_row (handoff_id, batch_id);

-- Every try at delivery.
CREATE TABLE delivery (
    id       INTEGER NOT NULL PRIMARY KEY,
    batch_id INTEGER NOT NULL REFERENCES batch (id),
    tried_at INTEGER NOT NULL,
    command  TEXT NOT NULL,
    ok       INTEGER NOT NULL,
    note     TEXT
);
CREATE INDEX delivery_batch ON delivery (batch_id, id);

-- Reply files read. The same bytes from the same organisation do nothing twice.
CREATE TABLE reply_file (
    id              INTEGER NOT NULL PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation (id),
    name            TEXT NOT NULL,
    sha256          TEXT NOT NULL,
    read_at         INTEGER NOT NULL,
    row_count       INTEGER NOT NULL,
    applied         INTEGER NOT NULL,
    refused         INTEGER NOT NULL,
    unmatched       INTEGER NOT NULL,
    verdict         TEXT NOT NULL,    -- read, refused
    why             TEXT,
    UNIQUE (organisation_id, sha256)
);

-- Each row of a reply file and each answer by telephone: what was said and what became of it.
CREATE TABLE reply (
    id              INTEGER NOT NULL PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation (id),
    file_id         INTEGER REFERENCES reply_file (id),
    line            INTEGER,
    row_id          TEXT,
    handoff_id      INTEGER REFERENCES handoff (id),
    status          TEXT,
    on_date         TEXT,
    declined_by     TEXT,
    reason          TEXT,
    outcome         TEXT,
    note            TEXT,
    their_reference TEXT,
    their_worker    TEXT,
    how             TEXT NOT NULL,    -- file, phone, email, visit
    said_by         TEXT,
    verdict         TEXT NOT NULL,    -- applied, history, same, refused, unmatched
    why             TEXT,
    settled_on      TEXT,             -- a refused or unmatched one: dealt with
    created_at      INTEGER NOT NULL,
    created_by      INTEGER NOT NULL
);
CREATE INDEX reply_handoff ON reply (handoff_id, id);
CREATE INDEX reply_open ON reply (id) WHERE verdict IN ('refused', 'unmatched') AND settled_on IS NULL;

-- Words that organisations use for statuses. organisation '' stands for all.
CREATE TABLE reply_alias (
    organisation TEXT NOT NULL,
    word         TEXT NOT NULL,       -- folded
    status       TEXT NOT NULL,
    PRIMARY KEY (organisation, word)
);

-- Files imported. The same bytes do nothing twice.
CREATE TABLE import_file (
    id        INTEGER NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    name      TEXT NOT NULL,
    read_at   INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    added     INTEGER NOT NULL,
    changed   INTEGER NOT NULL,
    refused   INTEGER NOT NULL,
    UNIQUE (kind, sha256)
);

-- Nightly runs and their reports (JSON).
CREATE TABLE nightly_run (
    id          INTEGER NOT NULL PRIMARY KEY,
    run_on      TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    report      TEXT
);

-- A reviewer's look behind the mask: with a reason, for a while, listed.
CREATE TABLE unmask (
    id        INTEGER NOT NULL PRIMARY KEY,
    user_id   INTEGER NOT NULL REFERENCES app_user (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    reason    TEXT NOT NULL,
    from_at   INTEGER NOT NULL,
    until_at  INTEGER NOT NULL
);
CREATE INDEX unmask_user ON unmask (user_id, person_id, until_at);
CREATE INDEX unmask_person ON unmask (person_id);

-- Undo: the steps of each user and the records that each step changed.
CREATE TABLE undo_step (
    id        INTEGER NOT NULL PRIMARY KEY,
    user_id   INTEGER NOT NULL REFERENCES app_user (id),
    at        INTEGER NOT NULL,
    title     TEXT NOT NULL,          -- "closed SP-4K7Q-9XD3"
    state     TEXT NOT NULL           -- done, undone, final (may not be undone)
);
CREATE INDEX undo_step_user ON undo_step (user_id, id);
CREATE TABLE undo_change (
    id        INTEGER NOT NULL PRIMARY KEY,
    step_id   INTEGER NOT NULL REFERENCES undo_step (id),
    record    TEXT NOT NULL,          -- record type
    record_id INTEGER NOT NULL,
    image_before TEXT,                -- JSON of the fields that changed; NULL: the record was made
    image_after  TEXT NOT NULL,
    version   INTEGER NOT NULL        -- of the record after the step; another edit since then refuses the undo
);
CREATE INDEX undo_change_step ON undo_change (step_id, id);

-- What a user typed into a form and has not saved: no record yet, so no version, no log and no undo. One a form and subject.
CREATE TABLE draft (
    login    TEXT NOT NULL REFERENCES app_user (login),
    form     TEXT NOT NULL,           -- intake, referral contact, ...
    about    TEXT NOT NULL,           -- the reference the form is about, or ''
    title    TEXT NOT NULL,           -- how it is offered: words and references, no names
    saved_at INTEGER NOT NULL,
    text     TEXT NOT NULL,           -- the typed texts, a JSON object
    PRIMARY KEY (login, form, about)
);

-- Counts by month, neighbourhood and code, kept in the same transaction as the change they count.
CREATE TABLE summary (
    measure       TEXT NOT NULL,      -- referral_received, referral_closed, referral_state, need, handoff_state
    month         TEXT NOT NULL,      -- YYYY-MM; '' for standing counts by state
    neighbourhood TEXT NOT NULL,      -- '' when unknown
    code          TEXT NOT NULL,
    count         INTEGER NOT NULL,
    PRIMARY KEY (measure, month, neighbourhood, code)
);

-- The audit log: a hash chain. Rows hold references, field names and keyed digests; never a value or a name.
CREATE TABLE audit (
    seq       INTEGER NOT NULL PRIMARY KEY,
    at        INTEGER NOT NULL,
    login     TEXT NOT NULL,
    acting_as TEXT NOT NULL,          -- the login of --as, or ''
    verb      TEXT NOT NULL,          -- "referral accept"
    effect    TEXT NOT NULL,          -- made, changed, opened, exported, refused, denied, login, ...
    record    TEXT NOT NULL,          -- record type, with the code of one that has no reference ("need housing"), or ''
    ref       TEXT NOT NULL,
    about     TEXT NOT NULL,          -- reference of the person it is about, or ''
    fields    TEXT NOT NULL,          -- "state=DIGEST>DIGEST worker=>DIGEST", or words for a refusal's rule
    prev      TEXT NOT NULL,          -- hash of the row before
    hash      TEXT NOT NULL           -- SHA-256 over prev and the canonical form of this row
);
CREATE INDEX audit_ref ON audit (ref, seq);
CREATE INDEX audit_about ON audit (about, seq);
-- The values behind the digests, erasable without breaking the chain.
CREATE TABLE audit_value (
    seq          INTEGER NOT NULL REFERENCES audit (seq),
    field        TEXT NOT NULL,
    salt         TEXT NOT NULL,
    value_before TEXT,
    value_after  TEXT,
    erased_on    TEXT,
    PRIMARY KEY (seq, field)
);
-- The one row that every writer locks: the last sequence number, hash and time, the last number a reference was
-- made of, and the greatest key made, so that keys follow the order of writing even when a clock is set back.
CREATE TABLE audit_head (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq        INTEGER NOT NULL,
    hash       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    ref_number INTEGER NOT NULL,
    last_id    INTEGER NOT NULL
);
INSERT INTO audit_head (id, seq, hash, at, ref_number, last_id) VALUES (1, 0, '', 0, 0, 0);
INSERT INTO store_meta (key, value) VALUES ('application', 'onward');
INSERT INTO store_meta (key, value) VALUES ('schema_version', '2');

-- What a new store starts with. A service may add to these lists and retire rows of them.
-- What people need help with: the wider determinants and lifestyle factors of MECC Salford, and the others that link workers meet. snomed only where the meaning is exactly that.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('need', 'housing', 'Housing', 'Wider determinants', 10, NULL),
    ('need', 'employment', 'Employment', 'Wider determinants', 20, NULL),
    ('need', 'welfare_benefits', 'Welfare benefits and tax credits', 'Wider determinants', 30, NULL),
    ('need', 'money_debt', 'Money and debts', 'Wider determinants', 40, NULL),
    ('need', 'alcohol', 'Alcohol', 'Lifestyle', 50, NULL),
    ('need', 'smoking', 'Smoking', 'Lifestyle', 60, NULL),
    ('need', 'sexual_health', 'Sexual health', 'Lifestyle', 70, NULL),
    ('need', 'physical_activity', 'Physical activity', 'Lifestyle', 80, NULL),
    ('need', 'emotional_health', 'Emotional health', 'Lifestyle', 90, NULL),
    ('need', 'weight', 'Weight management', 'Lifestyle', 100, NULL),
    ('need', 'isolation', 'Loneliness and isolation', 'Others', 110, NULL),
    ('need', 'mental_health', 'Mental health', 'Others', 120, NULL),
    ('need', 'fuel_poverty', 'Fuel poverty and a cold home', 'Others', 130, NULL),
    ('need', 'falls', 'Accidents and falls', 'Others', 140, NULL),
    ('need', 'self_neglect', 'Self-neglect', 'Others', 150, NULL),
    ('need', 'caring', 'Caring for someone', 'Others', 160, '224484003'),
    ('need', 'food', 'Food', 'Others', 170, NULL),
    ('need', 'domestic_abuse', 'Domestic abuse', 'Others', 180, NULL),
    ('need', 'bereavement', 'Bereavement', 'Others', 190, NULL),
    ('need', 'learning', 'Learning and skills', 'Others', 200, NULL),
    ('need', 'digital', 'Getting online', 'Others', 210, NULL),
    ('need', 'transport', 'Transport and getting out', 'Others', 220, NULL),
    ('need', 'legal', 'Legal advice', 'Others', 230, NULL),
    ('need', 'long_term_condition', 'Living with a long-term condition', 'Others', 240, NULL),
    ('need', 'dementia', 'Dementia and memory', 'Others', 250, NULL),
    ('need', 'immigration', 'Immigration and asylum', 'Others', 260, NULL),
    ('need', 'substance_use', 'Drugs and other substances', 'Others', 270, NULL),
    ('need', 'parenting', 'Parenting and family life', 'Others', 280, NULL),
    ('need', 'volunteering', 'Volunteering', 'Others', 290, NULL),
    ('need', 'arts_nature', 'Arts, nature and hobbies', 'Others', 300, NULL),
    ('need', 'faith_culture', 'Faith and culture', 'Others', 310, NULL),
    ('need', 'practical_help', 'Practical help at home', 'Others', 320, NULL),
    ('need', 'other', 'Something else', 'Others', 330, NULL);
-- Who asked.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('source', 'gp_practice', 'GP practice', 'Health', 10, NULL),
    ('source', 'community_health', 'Community health team', 'Health', 20, NULL),
    ('source', 'hospital', 'Hospital', 'Health', 30, NULL),
    ('source', 'mental_health_team', 'Mental health team', 'Health', 40, NULL),
    ('source', 'pharmacy', 'Pharmacy', 'Health', 50, NULL),
    ('source', 'ambulance', 'Ambulance service', 'Health', 60, NULL),
    ('source', 'nhs_other', 'Other NHS service', 'Health', 70, NULL),
    ('source', 'adult_social_care', 'Adult social care', 'Council and public services', 80, NULL),
    ('source', 'children_services', 'Children and family services', 'Council and public services', 90, NULL),
    ('source', 'housing_provider', 'Housing provider', 'Council and public services', 100, NULL),
    ('source', 'jobcentre', 'Jobcentre', 'Council and public services', 110, NULL),
    ('source', 'school_college', 'School or college', 'Council and public services', 120, NULL),
    ('source', 'police', 'Police', 'Council and public services', 130, NULL),
    ('source', 'fire_service', 'Fire and rescue service', 'Council and public services', 140, NULL),
    ('source', 'council_other', 'Other council service', 'Council and public services', 150, NULL),
    ('source', 'self', 'The person', 'People and community', 160, NULL),
    ('source', 'family_friend', 'Family or friend', 'People and community', 170, NULL),
    ('source', 'voluntary', 'Voluntary organisation', 'People and community', 180, NULL),
    ('source', 'faith_group', 'Faith group', 'People and community', 190, NULL),
    ('source', 'employer', 'Employer', 'People and community', 200, NULL),
    ('source', 'other', 'Someone else', 'People and community', 210, NULL);
-- NHS Data Dictionary. Not stated (asked) and not known are two answers.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('ethnicity', 'a', 'White: British', 'White', 10, NULL),
    ('ethnicity', 'b', 'White: Irish', 'White', 20, NULL),
    ('ethnicity', 'c', 'White: any other White background', 'White', 30, NULL),
    ('ethnicity', 'd', 'Mixed: White and Black Caribbean', 'Mixed', 40, NULL),
    ('ethnicity', 'e', 'Mixed: White and Black African', 'Mixed', 50, NULL),
    ('ethnicity', 'f', 'Mixed: White and Asian', 'Mixed', 60, NULL),
    ('ethnicity', 'g', 'Mixed: any other mixed background', 'Mixed', 70, NULL),
    ('ethnicity', 'h', 'Asian: Indian', 'Asian or Asian British', 80, NULL),
    ('ethnicity', 'j', 'Asian: Pakistani', 'Asian or Asian British', 90, NULL),
    ('ethnicity', 'k', 'Asian: Bangladeshi', 'Asian or Asian British', 100, NULL),
    ('ethnicity', 'l', 'Asian: any other Asian background', 'Asian or Asian British', 110, NULL),
    ('ethnicity', 'm', 'Black: Caribbean', 'Black or Black British', 120, NULL),
    ('ethnicity', 'n', 'Black: African', 'Black or Black British', 130, NULL),
    ('ethnicity', 'p', 'Black: any other Black background', 'Black or Black British', 140, NULL),
    ('ethnicity', 'r', 'Chinese', 'Other ethnic groups', 150, NULL),
    ('ethnicity', 's', 'Any other ethnic group', 'Other ethnic groups', 160, NULL),
    ('ethnicity', 'z', 'Not stated', 'No answer', 170, NULL),
    ('ethnicity', '99', 'Not known', 'No answer', 180, NULL);
-- In the person's own words. Sex is not held: both together can disclose a gender reassignment.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('gender', 'female', 'Woman or girl', NULL, 10, NULL),
    ('gender', 'male', 'Man or boy', NULL, 20, NULL),
    ('gender', 'non_binary', 'Non-binary', NULL, 30, NULL),
    ('gender', 'other', 'Describes it otherwise', NULL, 40, NULL),
    ('gender', 'not_stated', 'Not stated', NULL, 50, NULL),
    ('gender', 'not_known', 'Not known', NULL, 60, NULL);
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('sexual_orientation', 'heterosexual', 'Heterosexual or straight', NULL, 10, NULL),
    ('sexual_orientation', 'gay_lesbian', 'Gay or lesbian', NULL, 20, NULL),
    ('sexual_orientation', 'bisexual', 'Bisexual', NULL, 30, NULL),
    ('sexual_orientation', 'other', 'Another orientation', NULL, 40, NULL),
    ('sexual_orientation', 'not_sure', 'Asked and does not know or is not sure', NULL, 50, NULL),
    ('sexual_orientation', 'not_stated', 'Asked and prefers not to say', NULL, 60, NULL),
    ('sexual_orientation', 'not_known', 'Not asked', NULL, 70, NULL);
-- UK Core.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('nhs_number_status', 'number-present-and-verified', 'Verified', NULL, 10, NULL),
    ('nhs_number_status', 'number-present-but-not-traced', 'Given, not traced', NULL, 20, NULL),
    ('nhs_number_status', 'trace-required', 'To be traced', NULL, 30, NULL),
    ('nhs_number_status', 'trace-attempted', 'Traced, no match or several', NULL, 40, NULL),
    ('nhs_number_status', 'trace-needs-to-be-resolved', 'Trace to be resolved', NULL, 50, NULL),
    ('nhs_number_status', 'trace-in-progress', 'Trace in progress', NULL, 60, NULL),
    ('nhs_number_status', 'number-not-present-and-trace-not-required', 'None, and no trace needed', NULL, 70, NULL),
    ('nhs_number_status', 'trace-postponed', 'Trace postponed', NULL, 80, NULL);
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('accommodation', 'owner_occupier', 'Owns their home', NULL, 10, NULL),
    ('accommodation', 'council_tenant', 'Council tenant', NULL, 20, NULL),
    ('accommodation', 'housing_association', 'Housing association tenant', NULL, 30, NULL),
    ('accommodation', 'private_tenant', 'Private tenant', NULL, 40, NULL),
    ('accommodation', 'with_family_friends', 'With family or friends', NULL, 50, NULL),
    ('accommodation', 'sheltered', 'Sheltered or extra care housing', NULL, 60, NULL),
    ('accommodation', 'supported', 'Supported housing', NULL, 70, NULL),
    ('accommodation', 'care_home', 'Care home', NULL, 80, NULL),
    ('accommodation', 'temporary', 'Temporary accommodation', NULL, 90, NULL),
    ('accommodation', 'hostel', 'Hostel or refuge', NULL, 100, NULL),
    ('accommodation', 'asylum_accommodation', 'Asylum accommodation', NULL, 110, NULL),
    ('accommodation', 'sofa_surfing', 'Staying here and there', NULL, 120, NULL),
    ('accommodation', 'rough_sleeping', 'Sleeping rough', NULL, 130, NULL),
    ('accommodation', 'other', 'Something else', NULL, 140, NULL),
    ('accommodation', 'not_known', 'Not known', NULL, 150, NULL);
-- Asked at triage. No known risks is an answer.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('risk', 'none_known', 'No known risks', NULL, 10, NULL),
    ('risk', 'violence', 'Violence or aggression to others', NULL, 20, NULL),
    ('risk', 'lone_visit', 'Not to be visited alone', NULL, 30, NULL),
    ('risk', 'self_harm', 'Self-harm', NULL, 40, NULL),
    ('risk', 'suicide', 'Suicide', NULL, 50, NULL),
    ('risk', 'domestic_violence', 'At risk of domestic violence', NULL, 60, '707087005'),
    ('risk', 'financial_abuse', 'At risk of financial abuse', NULL, 70, '761571000000106'),
    ('risk', 'other_abuse', 'Other abuse or exploitation', NULL, 80, NULL),
    ('risk', 'self_neglect', 'Self-neglect', NULL, 90, NULL),
    ('risk', 'falls', 'Falls', NULL, 100, NULL),
    ('risk', 'substance_use', 'Alcohol or drugs', NULL, 110, NULL),
    ('risk', 'fire', 'Fire', NULL, 120, NULL),
    ('risk', 'home_condition', 'Condition of the home', NULL, 130, NULL),
    ('risk', 'animals', 'Animals at the address', NULL, 140, NULL),
    ('risk', 'infection', 'Infection', NULL, 150, NULL),
    ('risk', 'other', 'Another risk', NULL, 160, NULL);
-- What became of a need when the episode closes.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('need_outcome', 'met', 'Met', NULL, 10, NULL),
    ('need_outcome', 'partly_met', 'Partly met', NULL, 20, NULL),
    ('need_outcome', 'not_met', 'Not met', NULL, 30, NULL),
    ('need_outcome', 'with_organisation', 'An organisation is helping', NULL, 40, NULL),
    ('need_outcome', 'signposted', 'Signposted', NULL, 50, NULL),
    ('need_outcome', 'not_wanted', 'The person no longer wants help with it', NULL, 60, NULL),
    ('need_outcome', 'went_away', 'No longer a need', NULL, 70, NULL),
    ('need_outcome', 'no_service', 'No service could be found', NULL, 80, NULL),
    ('need_outcome', 'not_known', 'Not known', NULL, 90, NULL);
-- What a completed handoff came to.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('handoff_outcome', 'need_met', 'Need met', NULL, 10, NULL),
    ('handoff_outcome', 'partly_met', 'Need partly met', NULL, 20, NULL),
    ('handoff_outcome', 'advice_given', 'Advice or information given', NULL, 30, NULL),
    ('handoff_outcome', 'taking_part', 'Taking part, and staying', NULL, 40, NULL),
    ('handoff_outcome', 'support_continues', 'Support continues', NULL, 50, NULL),
    ('handoff_outcome', 'passed_on', 'Passed on to another service', NULL, 60, NULL),
    ('handoff_outcome', 'no_change', 'Tried, no change', NULL, 70, NULL),
    ('handoff_outcome', 'not_known', 'Not known', NULL, 80, NULL);
-- Why a handoff was declined.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('decline_reason', 'no_capacity', 'No room', NULL, 10, NULL),
    ('decline_reason', 'not_eligible', 'Person not eligible', NULL, 20, NULL),
    ('decline_reason', 'out_of_area', 'Out of their area', NULL, 30, NULL),
    ('decline_reason', 'age', 'Outside their ages', NULL, 40, NULL),
    ('decline_reason', 'not_our_service', 'Not what they do', NULL, 50, NULL),
    ('decline_reason', 'needs_too_complex', 'Needs more than they can give', NULL, 60, NULL),
    ('decline_reason', 'risk', 'Risk they cannot manage', NULL, 70, NULL),
    ('decline_reason', 'missing_information', 'Information missing', NULL, 80, NULL),
    ('decline_reason', 'could_not_reach', 'Could not reach the person', NULL, 90, NULL),
    ('decline_reason', 'already_known', 'Already helping the person', NULL, 100, NULL),
    ('decline_reason', 'person_declined', 'The person did not want it', NULL, 110, NULL),
    ('decline_reason', 'service_ended', 'Service has ended', NULL, 120, NULL),
    ('decline_reason', 'other', 'Another reason', NULL, 130, NULL);
-- Why a handoff could not be completed.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('fail_reason', 'could_not_reach', 'Could not reach the person', NULL, 10, NULL),
    ('fail_reason', 'did_not_attend', 'Person did not attend', NULL, 20, NULL),
    ('fail_reason', 'person_stopped', 'Person stopped', NULL, 30, NULL),
    ('fail_reason', 'person_unwell', 'Person too unwell', NULL, 40, NULL),
    ('fail_reason', 'person_moved', 'Person moved away', NULL, 50, NULL),
    ('fail_reason', 'person_died', 'Person died', NULL, 60, NULL),
    ('fail_reason', 'needs_changed', 'Needs changed', NULL, 70, NULL),
    ('fail_reason', 'needs_too_complex', 'Needs more than they can give', NULL, 80, NULL),
    ('fail_reason', 'service_ended', 'Service has ended', NULL, 90, NULL),
    ('fail_reason', 'other', 'Another reason', NULL, 100, NULL);
-- ISO 639 where it has a code.
INSERT INTO code_value (code_set, code, label, grouping, sort, snomed) VALUES
    ('language', 'en', 'English', NULL, 10, NULL),
    ('language', 'bsl', 'British Sign Language', NULL, 20, NULL),
    ('language', 'ar', 'Arabic', NULL, 30, NULL),
    ('language', 'bn', 'Bengali', NULL, 40, NULL),
    ('language', 'zh', 'Chinese', NULL, 50, NULL),
    ('language', 'cs', 'Czech', NULL, 60, NULL),
    ('language', 'fa', 'Farsi or Dari', NULL, 70, NULL),
    ('language', 'fr', 'French', NULL, 80, NULL),
    ('language', 'gu', 'Gujarati', NULL, 90, NULL),
    ('language', 'he', 'Hebrew', NULL, 100, NULL),
    ('language', 'hi', 'Hindi', NULL, 110, NULL),
    ('language', 'hu', 'Hungarian', NULL, 120, NULL),
    ('language', 'it', 'Italian', NULL, 130, NULL),
    ('language', 'ku', 'Kurdish', NULL, 140, NULL),
    ('language', 'lv', 'Latvian', NULL, 150, NULL),
    ('language', 'lt', 'Lithuanian', NULL, 160, NULL),
    ('language', 'ps', 'Pashto', NULL, 170, NULL),
    ('language', 'pl', 'Polish', NULL, 180, NULL),
    ('language', 'pt', 'Portuguese', NULL, 190, NULL),
    ('language', 'pa', 'Punjabi', NULL, 200, NULL),
    ('language', 'rmn', 'Romani', NULL, 210, NULL),
    ('language', 'ro', 'Romanian', NULL, 220, NULL),
    ('language', 'ru', 'Russian', NULL, 230, NULL),
    ('language', 'sk', 'Slovak', NULL, 240, NULL),
    ('language', 'so', 'Somali', NULL, 250, NULL),
    ('language', 'es', 'Spanish', NULL, 260, NULL),
    ('language', 'ta', 'Tamil', NULL, 270, NULL),
    ('language', 'ti', 'Tigrinya', NULL, 280, NULL),
    ('language', 'tr', 'Turkish', NULL, 290, NULL),
    ('language', 'uk', 'Ukrainian', NULL, 300, NULL),
    ('language', 'ur', 'Urdu', NULL, 310, NULL),
    ('language', 'vi', 'Vietnamese', NULL, 320, NULL),
    ('language', 'cy', 'Welsh', NULL, 330, NULL),
    ('language', 'yi', 'Yiddish', NULL, 340, NULL),
    ('language', 'yo', 'Yoruba', NULL, 350, NULL),
    ('language', 'other', 'Another language', NULL, 360, NULL);
-- Words for statuses that mean one thing whoever writes them. Yes is not among them: it answers no question.
INSERT INTO reply_alias (organisation, word, status) VALUES
    ('', 'received', 'received'),
    ('', 'got it', 'received'),
    ('', 'we have it', 'received'),
    ('', 'acknowledged', 'received'),
    ('', 'waiting list', 'waiting_list'),
    ('', 'waiting', 'waiting_list'),
    ('', 'waitlist', 'waiting_list'),
    ('', 'waitlisted', 'waiting_list'),
    ('', 'on waiting list', 'waiting_list'),
    ('', 'on the waiting list', 'waiting_list'),
    ('', 'on our waiting list', 'waiting_list'),
    ('', 'accepted', 'accepted'),
    ('', 'accept', 'accepted'),
    ('', 'declined', 'declined'),
    ('', 'decline', 'declined'),
    ('', 'rejected', 'declined'),
    ('', 'refused', 'declined'),
    ('', 'turned down', 'declined'),
    ('', 'started', 'started'),
    ('', 'start', 'started'),
    ('', 'in progress', 'started'),
    ('', 'under way', 'started'),
    ('', 'underway', 'started'),
    ('', 'on hold', 'on_hold'),
    ('', 'hold', 'on_hold'),
    ('', 'paused', 'on_hold'),
    ('', 'completed', 'completed'),
    ('', 'complete', 'completed'),
    ('', 'done', 'completed'),
    ('', 'finished', 'completed'),
    ('', 'could not complete', 'could_not_complete'),
    ('', 'unable to complete', 'could_not_complete'),
    ('', 'stopped', 'stopped'),
    ('', 'stop', 'stopped'),
    ('', 'stop confirmed', 'stopped'),
    ('', 'contact stopped', 'stopped'),
    ('', 'did not attend', 'did_not_attend'),
    ('', 'dna', 'did_not_attend'),
    ('', 'no show', 'did_not_attend');
