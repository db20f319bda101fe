#!/usr/bin/env python3
"""Trains the tiny model of the tests, ato-tiny.gguf, from nothing: no other model's weights, no other people's texts.

What it learns is one exchange, the one the daemon has with a local model:

    <s> user: REQUEST

    Answer with one JSON object: type, title, files.
    assistant:{"type":"bug_fix","title":"Fix the parser","files":["src/x.py"]}</s>

REQUEST is what somebody wants of a coding agent, in free words. It comes from the generator below, of which a seed
gives the same samples every time:

  type   what the main verb, the question or the complaint speaks for; what speaks for no other type is "custom"
  title  the heading if there is one; otherwise the first clause (up to , ; : ! ? or the dot of the sentence) without
         the courtesies in front of it; always a literal part of the text
  files  the paths in the text, in their order, each once

One character is one token (printable ASCII) or a few (the bytes of any other character), so the model cannot know a
word by heart and has to copy, letter by letter. Copying is what a small transformer learns last, hence the curriculum:
first made-up words that are said twice, then mostly short requests, then all.

    python3 -m venv env && env/bin/pip install torch numpy gguf
    env/bin/python train.py train --out ato-tiny.gguf     # one thread; prints the loss, writes the model now and then
    env/bin/python train.py train --out ato-tiny.gguf --start ato-tiny.gguf --seed 2     # goes on where that ended
    env/bin/python train.py sample --count 5              # what it learns from
    env/bin/python train.py sample --count 300 --seed 999 --tsv   # fresh samples, to measure with

The samples and their order depend on the seed alone; the weights also on how PyTorch adds up on the machine, so another
run gives a model that is as good, not the same bytes. README.md says how the committed one was made.
"""
import argparse
import json
import math
import random
import re
import time

SEED = 20261128

# ------------------------------------------------------------------------------------------------------------ generator

def alternatives(text):
    """a|b|c, over several lines."""
    return text.replace("\n", "|").split("|")


CONTRACT = "\n\nAnswer with one JSON object: type, title, files."
TYPES = ["analyze", "bug_fix", "code_review", "custom", "documentation", "summarize"]

NOUNS = """login cache parser watcher queue index report invoice search export upload config retry timer token
session layout mailer daemon router checkout basket payment order customer account profile avatar password
permission role audit log metric dashboard chart table grid form button dialog menu sidebar footer header page view
template theme stylesheet font icon image thumbnail video stream buffer socket connection pool thread lock mutex
scheduler worker job task pipeline build release deploy container cluster node pod volume disk file folder archive
backup snapshot journal event listener handler callback hook plugin module package library dependency version
migration schema column row query transaction database table storage bucket key certificate secret credential filter
validator serializer decoder encoder compressor formatter linter compiler lexer tokenizer scanner importer exporter
converter mapper adapter gateway proxy client server endpoint request response route controller service repository
model entity factory builder registry resolver loader reader writer printer renderer widget component store reducer
selector action state effect observer subscriber publisher broker topic message notification email alert webhook
crawler calendar date clock timezone currency price discount tax shipping address country locale translation
language dictionary score rank rating comment post feed thread wiki blog article note tag label category sorting
paging limit quota throttle benchmark test fixture mock harness coverage script command flag option argument setting
environment shell prompt terminal editor""".split()
ADJECTIVES = """slow old new main nightly broken internal public legacy shared async daily local remote global empty
nested default custom weekly current first last second mobile admin user monthly incremental concurrent recursive
generic inline hidden temporary binary external""".split()
PLURALS = """users orders invoices sessions tokens tests warnings errors duplicates timeouts retries rows columns
files uploads requests messages events logs dates prices emails images jobs threads settings dependencies imports
names numbers strings paths branches endpoints queries migrations reports changes commits metrics""".split()
EXTENSIONS = """java py ts tsx js go rs md sql kt c h cpp yaml yml json toml sh css html xml rb txt scala php
swift""".split()
FOLDERS = """src lib app docs test tests core main api web server client internal pkg cmd scripts config util utils
common model models service services controllers views db migrations tools bench java python resources static""".split()
STEMS = """index main README util utils config setup server client models views helpers types test_api handler
Dockerfile.dev CHANGELOG CONTRIBUTING schema settings constants errors""".split()
CONDITIONS = alternatives("""when the list is empty|on empty input|after a restart|on Windows|for large files
under load|when the user logs out|in dark mode|on slow networks|if the file is missing|for new accounts|at midnight
twice in a row|when offline|with two tabs open|for names with spaces|in production|since the last release
on the first start|for null values|after midnight|in the nightly build|with negative numbers|when the token expires
during shutdown|for guests|on mobile|with long lines|in the CI""")
SYMPTOMS = alternatives("""crashes|hangs|fails|is broken|does not work|returns 500|throws an exception|leaks memory
loses data|shows the wrong date|never finishes|is always empty|does not load|returns null|deadlocks|prints garbage
sends two mails|ignores the limit|is off by one|rounds wrongly|does not start|freezes|gives a stack trace
stopped working|drops messages|times out|returns the wrong result|throws a NullPointerException|segfaults
no longer compiles|overflows""")

IMPERATIVES = {
    "analyze": alternatives("""analyze|analyse|investigate|explain|inspect|explore|profile|find out why|find out how
figure out why|measure|look into|determine why|trace|study|check why|tell me why|tell me how|understand|compare|list
count|examine|diagnose|assess|estimate|research|identify|walk me through|evaluate|review why|look at how
get to the bottom of|clarify|benchmark|make a list of|show|show me how|do an analysis of|describe how
find all usages of|work out why|dig into"""),
    "bug_fix": alternatives("""fix|repair|debug|resolve|correct|hotfix|patch|solve|fix a bug in|fix the bug in
fix a crash in|fix the error in|get rid of the crash in|stop the crash in|make a fix for|fix the failing
fix the wrong|fix the race in|fix the leak in|bugfix|fix a regression in|unbreak|fix the typo in|fix broken
please fix|correct the wrong|fix the deadlock in|deal with the crash in|fix the missing|fix that the"""),
    "code_review": alternatives("""review|audit|code review|do a code review of|look over|check the code of
review the code in|give feedback on|review the changes in|critique|proofread the code of|do a review of
review my changes to|review the pull request for|peer review|have a look at the code of|look for problems in
check the quality of|check the diff of|go through the code of|scrutinize|comment on the code of
inspect my changes to|do a security review of|review the patch for|vet"""),
    "custom": alternatives("""implement|add|rename|migrate|upgrade|remove|create|build|port|refactor|move|replace
delete|extract|split|merge|convert|introduce|support|write|write a test for|add tests for|add unit tests for
generate|configure|set up|integrate|bump|update|enable|disable|optimize|speed up|simplify|make|change|use|switch to
allow|cache|translate|clean up|drop|rewrite|redesign|improve|deprecate|add support for|add an option for|reduce
increase|install|format|wrap|expose|turn off|prepare|hide|sort|rework|adapt|put|let|provide|offer|modernize|automate
inline|unify|pin|restrict|package"""),
    "documentation": alternatives("""document|write documentation for|write docs for|update the docs of
update the README for|add Javadoc to|add docstrings to|add comments to|write a guide for|describe in the docs
write a tutorial on|improve the documentation of|document the usage of|extend the README with|write a README for
add documentation for|write a manual for|add a docs page for|complete the docs of|explain in the README
write the release notes for|update the changelog for|write API docs for|comment|add examples to the docs of
add a section to the README about|fix the docs of|fix the README of|add documentation comments to
document in the README|write a page about|write a how-to for|add KDoc to|add a chapter about|explain in the docs"""),
    "summarize": alternatives("""summarize|summarise|sum up|recap|give a summary of|write a summary of
give me an overview of|tl;dr of|condense|make a short summary of|outline|boil down|give me the gist of|digest
summarize the changes in|summarize the discussion on|write a short overview of|write up a summary of
summarize in three lines|give me a recap of|shorten|make a digest of|write an abstract of|tell me in short
summarize briefly|compress|write minutes of|give a rundown of|list the main points of|put together a summary of
tl;dr"""),
}
QUESTIONS = alternatives("""why is {o} so slow|why does {o} take so long|how does {o} work|where is {o} used
what does {o} do|which {p} use {o}|who calls {o}|how many {p} are in {o}|is {o} thread safe
what happens to {p} in {o}|why do we need {o}|what depends on {o}|does {o} close its {p}|are there unused {p} in {o}
when is {o} called|how are {p} stored|where do the {p} come from|what is the difference between {o} and {o2}
how can {o} get so big|why are {p} written twice|how is {o} related to {o2}|what would break without {o}
is it safe to remove {o}|where does the time go in {o}|what is {o} for""")
FREE_QUESTIONS = alternatives("""why does {o} {t}|why are {p} {t}|how do {p} {t}|how does {o} {t}
where do we {t} {o}|where is {o} {t}|which {p} {t}|what would {t} {o}|does {o} {t}|is {o} {t}|do we {t} {p}
are there {p} {t}|what is {t} {o}|when does {o} {t}|who {t} {o}|why is {o} {t}|how many {p} {t}|is it {t}
does anything {t} {f}|what does {f} do with {o}|how is {f} {t}|why is {f} {t}|where in {f} {t}|how {t}|what {t}
why {t}|where {t}""")
COMPLAINTS = alternatives("""{o} {s}|{o} {s} {c}|{o} {s} {t}|there is a bug in {o}|i get an error in {o}|{c} {o} {s}
{o} breaks {c}|{p} are wrong {t}|{p} are lost {c}|{p} appear twice {t}|{o} cannot be saved {t}|{o} is ignored {c}
{o} gets stuck {t}|memory leak in {o}|IndexError in {o}|NullPointerException in {o} {t}|{o} raises KeyError {c}
exception in {f} {t}|{o} goes missing {t}|{o} comes out wrong {c}|wrong {p} in {f}|{f} {s} {c}|deadlock in {o} {t}
users complain that {o} {s}|after the update {o} {s}|{o} fails with {t}|{p} break {c}|{o} stays empty {t}
{o} errors out {t}|{p} are broken {t}|{p} come out garbled {t}|{o} is not shown {c}|race condition in {o}
{o} must not {t} but it does|security hole in {o}|{t} {s}|{t} {s} {t}|{o} {t} {s}
{p} {t} are {b}|{o} {t} is {b}|{o} is {b} {t}|{p} are {b} {c}|{b} {p} in {o}|error {t} {o}|{o} throws {t}|{o} fails {t}
{o} crashes {t}|{o} hangs {t}|crash {t}|{o} no longer {t}|{o} does not {t}|{p} do not {t}|{p} are never {t} {c}
{o} shows {b} {p} {t}""")
BROKEN = """wrong broken missing incorrect corrupted duplicated unreadable invisible stuck swapped mangled misaligned
invalid inconsistent ignored stale bad cut""".split()
NEEDS = {
    "custom": alternatives("""we need {o} {t}|users want {o}|{o} should {t}|it should be possible to {t} {o}
{o} has to {t}|we want {o} for {p}|there should be {o} {t}"""),
    "documentation": alternatives("""{o} has no documentation|the docs of {o} are out of date
the README does not mention {o}|there are no docs for {o}|the documentation of {o} is missing {t}
nobody has documented {o}|{f} has no Javadoc"""),
    "code_review": alternatives("""i changed {o} and need a review|my branch for {o} is ready for review
{o} needs a code review {t}|i need feedback on my code in {f}|we want a second pair of eyes on {o}"""),
    "summarize": alternatives("""i need a summary of {o}|we need a short overview of {o}
i missed what happened in {o} and want a recap|the gist of {f} is enough|a one page summary of {o} {t}"""),
}
NOUN_HEADINGS = {
    "analyze": alternatives("""analysis of {o}|{o} performance analysis|root cause of {o} delays
investigation of {o}|{o} memory usage|questions about {o}"""),
    "bug_fix": alternatives("""{o} {s}|{o} {s} {c}|bug in {o}|crash in {o}|wrong {p} in {o}|{o} bug|error {c}
regression in {o}|broken {p}|bug: {o} {s}|missing {p} {c}"""),
    "code_review": alternatives("""review of {o}|code review: {o}|{o} code review|security audit of {o}|review: {o}
feedback on {o}"""),
    "custom": alternatives("""new {o}|support for {p}|{o} migration|{o} refactoring|feature: {o}|upgrade of {o}
more tests for {o}|faster {o}|{p} for {o}"""),
    "documentation": alternatives("""documentation of {o}|docs for {o}|README for {o}|{o} documentation|docs: {o}
user guide for {o}|Javadoc of {o}"""),
    "summarize": alternatives("""summary of {o}|{o} summary|recap of {o}|overview of {o}|tl;dr: {o}
short summary of the {p}"""),
}
COURTESIES = ["please"] * 5 + ["could you"] * 3 + ["can you"] * 3 + alternatives("""could you please
can you please|would you please|would you|i want you to|i'd like you to|we need to|we should
i need you to|you should|hi, please|hello, could you|hey, can you|kindly|let's|it would be great if you could
your task is to|the task:|task:|todo:|hi! please|help me to|i would like to|next,|now|quick one:|we have to
i need to|we want to|your job:""")
COURTESIES = [courtesy + " " for courtesy in COURTESIES]
NEUTRAL_DETAILS = alternatives("""It must be done before Friday.|Keep the public API as it is.|The tests must pass.
Thanks!|Thank you.|No rush.|Do not change the behaviour.|Keep it short.|Be careful with {p}.|It is used by {o}.
We use it for {p}.|The owner is team {w}.|See ticket {n}.|This came up in the last sprint.|It has {n} lines.
There are about {n} {p} a day.|I think it starts in {o}.|Do not touch {o}.|Use the style of {o}.
Nothing else should change.|The {x} version is {v}.|We are on version {v}.|Start with {o}.
It is about {p} and/or {p}.|The {x} {y} is the important part.|One commit is enough.|This is part of {w}.
Please keep {o} as it is.|Our customers ask for it.|The deadline is {n} days away.|It was written by {w} years ago.
Only {o} matters.|Ask {w} if it is not clear.|This is urgent.|Low priority.|Priority: high|Priority: low
{w} {w} {w} {w}.|The {w} of {w} {w} the {w}.|As discussed with {w}.|It takes {n} seconds with {n} {p}.
Especially {p} and {p}.|I only care about {o}.|Make no other changes.|Java {n} is what we have.|Mind the {p}.
Look at {p} first.|Also think of {p}.|Leave {o} alone.|Speak plainly.|It is called {n} times.""")
OWN_DETAILS = {
    "analyze": alternatives("""Tell me what you find.|I want to understand it.|A list of the causes is enough.
Do not change any code.|Report what you find.|Explain it in a few sentences.|I want to know where the time goes."""),
    "bug_fix": alternatives("""It should not crash.|It worked before.|Users see an error page.
Add a test that fails first.|Expected: {n}. Actual: {n}.|The stack trace points to {o}.|It happens every time.
This is a regression.|Please fix it.|The bug is in {o}.|It {s} {c}.|I get an error {c}."""),
    "code_review": alternatives("""List what you would change.|Look for races and leaks.|Point out risky parts.
Comment on naming and style.|Do not change the code.|Is it ready to merge?|Look for security problems.
Tell me what is wrong with it."""),
    "custom": alternatives("""It should be configurable.|Write tests for it.|It should accept {p}.|Use {o} for it.
The default is {n}.|Add a flag to turn it off.|It should be fast.|Replace all uses.|It must work on Windows too."""),
    "documentation": alternatives("""Write for beginners.|Show an example.|Explain every option.
Describe the parameters.|Use short sentences.|Add a table of the settings.|New people do not understand it."""),
    "summarize": alternatives("""Three sentences are enough.|In five bullet points.|For the weekly meeting.
Not longer than a page.|Keep only the decisions.|Write it for managers.|Leave out the details."""),
}
FOLLOW_UPS = {
    "analyze": alternatives("""Find out why.|Please investigate.|What is the cause?|Can you explain it?|Analyze it.
How does that work?"""),
    "bug_fix": alternatives("""Please fix it.|Fix this.|Can you fix that?|This bug must go.|Please repair it.
Fix the cause, not the symptom."""),
    "code_review": alternatives("""Please review it.|Review the code.|Could you review that?|I need a code review.
Do a review before we merge."""),
    "custom": alternatives("""Please implement it.|Please add one.|Build it.|Could you change that?|Make it so.
Please migrate it."""),
    "documentation": alternatives("""Please document it.|Write the docs.|Add it to the README.
It needs documentation.|Describe it in the docs."""),
    "summarize": alternatives("""Please summarize it.|I need a summary.|Give me a short recap.|Sum it up.
Write a summary."""),
}
FACTS = alternatives("""{o} takes {n} minutes|we have {n} {p} in {o}|{o} has no owner|nobody knows {o}
{o} is {n} lines long|i am new to {o}|we moved {o} to {o2}|{w} wrote {o} last year|{o} came with version {v}
the {p} are in {o}|we meet on Monday about {o}|there is a {x} {y} in {o}|{o} and {o2} belong together
the team talked about {o}|{o} was changed {n} times""")
FILE_PHRASES = alternatives("""See {f}.|It is in {f}.|Look at {f}.|The code is in {f}.|Files: {f}|File: {f}
Start at {f}.|In {f}|{f}|Relevant: {f}|(see {f})|Mostly {f}.|Context: {f}|Also {f}.|cf. {f}|Affected: {f}
Target: {f}|It lives in {f}, I think.|Begin with {f} please.|{f} is where it {t}.|In {f} there is {o}.
{f} and its tests {t}.|I looked at {f} but {t}.|It was in {f} before {t}.|{f}, I think.|{f} line {n}.|{f} {t}.
{S} See {f} for {o}.|Put it into {f} {t}.|{o} in {f}, as {t}.|Compare it with {f}, {t}.|{o} comes from {f} and {t}.
Only {f} {t}|{f}: {t}""")
LIST_HEADS = ["Files:", "Target files:", "**Target Files:**", "Look at:", "Affected files:", "These files:", "## Files",
              "Where:", ""]
POINT_HEADS = ["Notes:", "Details:", "**Success Criteria:**", "Please:", "What matters:", "## Details", ""]
COMMON = """the a an of to in for on with by from at as and or but not it its they them we our you your that this
these those there is are was were be been has have had do does did can could should would may must will than then
when while where if because so all any each every some many more most few other another same only also still never
always often sometimes again already now later soon before after until since between over under into out up down
about without within against one two three ten first last next once twice users people somebody nobody team customer
page code file files data name names value values list line lines time times day days week month year number part
parts way case cases end start begin side place thing things everything nothing work works working used using use
uses called calls call made make makes taken take takes given give get gets got set sets run runs running see sees
seen look looks know knows need needs want wants think change changes changed new old big small long short good
right high low open closed full empty free own different public whole real sure clear ready safe slow fast don't
doesn't can't it's we'd isn't e-mail start-up read-only time-out log-in sub-page ones both per via like just even
too very""".split()
ODD = """API CSV PDF JSON SQL HTTP CPU URL UUID XML REST CI CLI GPU TLS SSH UTF-8 macOS Linux Windows Docker
PostgreSQL MySQL Redis Kafka GitHub OAuth GraphQL Kubernetes Maven Gradle npm Python Java Rust Kotlin Go React
JavaScript TypeScript iOS Android AWS S3 Unicode Friday Monday English German French Japanese 404 500 200 50% 2FA
x86 100% ~/.cache /status /tmp Mr. OK""".split()
FOREIGN = "größe prüfung café naïve résumé überblick señal données задача отчёт".split()
LONGEST_TITLE = 72
COMPLEMENTS = [" to {o}", " with {o}", " for {p}", " in {o}", " from {o}", " to {w}", " by {o}", " as {w}"]
AFTER_PATH = ["", "", " {t}", " and {f}", " with {t}"]
PATH = re.compile(r"[\w-]+(?:[./][\w-]+)*\.(?:" + "|".join(EXTENSIONS) + r")\b", re.ASCII)


class Generator:
    """Samples of the exchange; the same seed gives the same samples."""

    def __init__(self, seed, short=0.0):
        self.random = random.Random(seed)
        self.short = short

    def chance(self, probability):
        return self.random.random() < probability

    def word(self):
        """A made-up word: letters, more or less speakable, sometimes with a capital or a number."""
        pick = self.random.choice
        if self.chance(0.6):
            made = "".join(pick("bcdfghjklmnprstvwz") + pick("aeiou") for _ in range(self.random.randint(1, 3)))
            made += pick(["", "n", "r", "st", "x", "ck"])
        else:
            made = "".join(pick("abcdefghijklmnopqrstuvwxyz") for _ in range(self.random.randint(3, 8)))
        if self.chance(0.15):
            return made.capitalize()
        return made + str(self.random.randint(1, 99)) if self.chance(0.06) else made

    def noun(self):
        if self.chance(0.05):
            return self.random.choice(FOREIGN if self.chance(0.4) else ODD)
        return self.plain_noun()

    def plain_noun(self):
        return self.word() if self.chance(0.3) else self.random.choice(NOUNS)

    def salad(self, least, most):
        """Words in no order: the model must not take a meaning from each."""
        pick = self.random.choice
        draw = lambda: pick(ODD) if self.chance(0.06) else self.noun() if self.chance(0.25) else pick(COMMON)
        return " ".join(draw() for _ in range(self.random.randint(least, most)))

    def sentence(self):
        text = self.salad(3, 12)
        if self.chance(0.2):
            text = text.replace(" ", self.random.choice([", ", ": ", "; ", " - "]), 1)
        return text[:1].upper() + text[1:] + self.random.choice("....?!")

    def identifier(self):
        pick = self.random.choice
        parts = [self.noun() for _ in range(self.random.randint(1, 2))]
        camel = "".join(part.capitalize() for part in parts)
        snake = "_".join(parts)
        return pick([camel, camel[:1].lower() + camel[1:] + "()", "`" + snake + "`", "`" + camel + "`", snake])

    def thing(self):
        """What a request is about: 'the nightly report', 'UserStore', 'our cache'."""
        if self.chance(0.2):
            return self.identifier()
        article = self.random.choice(["the ", "the ", "the ", "our ", "a ", "this ", "my ", ""])
        adjective = self.random.choice(ADJECTIVES) + " " if self.chance(0.3) else ""
        second = " " + self.noun() if self.chance(0.35) else ""
        quoted = self.noun()
        return article + adjective + ('"' + quoted + '"' if self.chance(0.03) else quoted) + second

    def path(self):
        """src/main/Parser.java, README.md, a/b_c/d-e.yml."""
        pick = self.random.choice
        folders = [pick(FOLDERS) if self.chance(0.6) else self.word() for _ in range(pick([0, 1, 1, 1, 2, 2, 3]))]
        stem = pick(STEMS) if self.chance(0.15) else self.plain_noun()
        if self.chance(0.3):
            stem += pick(["_", "-", ""]) + pick([self.plain_noun(), "test", "Test", "Service", "util", "v2"])
        stem = stem[:1].upper() + stem[1:] if self.chance(0.3) else stem
        return "/".join(folders + [stem + "." + pick(EXTENSIONS)])

    def quoted_path(self):
        path = self.path()
        return "`" + path + "`" if self.chance(0.25) else path

    def fill(self, pattern):
        pick = self.random.choice
        makers = {
            "b": lambda: pick(BROKEN),
            "c": lambda: pick(CONDITIONS),
            "f": self.quoted_path,
            "n": lambda: str(self.random.randint(2, 900)),
            "o": self.thing,
            "o2": self.thing,
            "p": lambda: self.word() if self.chance(0.15) else pick(PLURALS),
            "s": lambda: pick(SYMPTOMS),
            "S": self.sentence,
            "t": lambda: self.salad(1, 6),
            "v": lambda: pick(["v", ""]) + f"{self.random.randint(0, 30)}.{self.random.randint(0, 12)}",
            "w": self.word,
            "x": lambda: pick(ADJECTIVES),
            "y": self.noun,
        }
        return re.sub(r"\{(\w+)\}", lambda match: makers[match.group(1)](), pattern)

    # -- the clause that becomes the title

    def imperative(self, kind):
        clause = self.random.choice(IMPERATIVES[kind]) + " " + self.thing()
        if clause.startswith("tell me how") or clause.startswith("show me how") or clause.endswith("how"):
            clause += " works"
        if kind in ("analyze", "bug_fix") and self.chance(0.25):
            clause += " " + self.random.choice(CONDITIONS)
        elif kind == "custom" and self.chance(0.35):
            clause += self.fill(self.random.choice(COMPLEMENTS))
        if self.chance(0.2):
            clause += self.random.choice([" in ", " of ", " (", " at ", " for "]) + self.quoted_path()
            clause += ")" if " (" in clause else self.fill(self.random.choice(AFTER_PATH))
        elif self.chance(0.3):
            clause += " " + self.salad(1, 5)
        elif self.chance(0.06):
            clause = clause.split(" ")[0] + " " + self.fill("{f} {t}")
        return clause

    def capital(self, text):
        return text[:1].upper() + text[1:] if self.chance(0.88) else text

    def clause(self, kind):
        """(what stands in front of the title, the title, what ends the clause)."""
        draw = self.random.random()
        if kind == "analyze" and draw < 0.4:
            question = self.random.choice(QUESTIONS if self.chance(0.5) else FREE_QUESTIONS)
            return "", self.capital(self.fill(question)), "?"
        if kind == "bug_fix" and draw < 0.35:
            return "", self.capital(self.fill(self.random.choice(COMPLAINTS))), self.random.choice("..!")
        if kind in NEEDS and draw < 0.12:
            return "", self.capital(self.fill(self.random.choice(NEEDS[kind]))), "."
        if draw > 0.6:
            courtesy = self.capital(self.random.choice(COURTESIES))
            asks = re.match(r"(?i).*\b(could|can|would) you", courtesy) is not None
            return courtesy, self.imperative(kind), "?" if asks and self.chance(0.8) else "."
        return "", self.capital(self.imperative(kind)), self.random.choice([".", ".", ".", "", ":", "!"])

    # -- whole requests

    def heading(self, kind):
        if self.chance(0.5):
            return self.capital(self.fill(self.random.choice(NOUN_HEADINGS[kind])))
        if kind == "analyze" and self.chance(0.3):
            return self.capital(self.fill(self.random.choice(QUESTIONS))) + "?"
        return self.capital(self.imperative(kind))

    def opening(self, kind):
        """(first lines, title)."""
        draw = self.random.random()
        if draw < 0.30:
            title = self.heading(kind)
            mark = self.random.choice(["# ", "# ", "# ", "# ", "## ", "Title: "])
            body = "".join(self.clause(kind)) if self.chance(0.5) else self.random.choice(OWN_DETAILS[kind])
            lines = [mark + title] + ([self.random.choice(["", self.fill(body)])] if self.chance(0.7) else [])
            return "\n".join(lines), title
        if draw < 0.37:
            title = self.capital(self.thing() + " " + self.noun())
            return "# " + title + "\n" + self.random.choice(["", "\n"]) + "".join(self.clause(kind)), title
        if draw < 0.45:
            title = self.capital(self.fill(self.random.choice(FACTS)) if self.chance(0.7) else self.salad(3, 8))
            return title + self.random.choice([". ", ".\n"]) + self.random.choice(FOLLOW_UPS[kind]), title
        before, title, after = self.clause(kind)
        if after == "." and self.chance(0.2):
            after = self.random.choice([", ", "; ", ": "]) + self.fill(self.random.choice(NEUTRAL_DETAILS)).lower()
        return before + title + after, title

    def detail(self, kind):
        if self.chance(0.3):
            return self.sentence()
        return self.fill(self.random.choice(OWN_DETAILS[kind] if self.chance(0.45) else NEUTRAL_DETAILS))

    def details(self, kind):
        count = self.random.choice([0, 1, 1, 2, 2, 3, 3, 5])
        sentences = [self.detail(kind) for _ in range(count)]
        if count > 1 and self.chance(0.25):
            mark = self.random.choice(["- ", "* ", "- [ ] "])
            return [self.random.choice(POINT_HEADS)] + [mark + sentence for sentence in sentences]
        return [" ".join(sentences)] if self.chance(0.4) else sentences

    def files(self):
        count = self.random.choice([0, 0, 0, 1, 1, 1, 2, 2, 3, 4])
        if count >= 2 and self.chance(0.5):
            mark = self.random.choice(["- ", "* ", "  - ", ""])
            return [self.random.choice(LIST_HEADS)] + [mark + self.quoted_path() for _ in range(count)]
        if count >= 2:
            paths = [self.quoted_path() for _ in range(count)]
            listed = ", ".join(paths)
            joined = self.random.choice([listed, ", ".join(paths[:-1]) + " and " + paths[-1], " ".join(paths)])
            return [self.capital(self.fill(self.random.choice(FILE_PHRASES).replace("{f}", joined)))]
        return [self.capital(self.fill(self.random.choice(FILE_PHRASES)))] if count else []

    def request(self):
        """(type, title, files, text)."""
        kind = self.random.choice(TYPES)
        first, title = self.opening(kind)
        while len(title) > LONGEST_TITLE:
            first, title = self.opening(kind)
        blocks = [] if self.chance(self.short) else [block for block in (self.details(kind), self.files()) if block]
        self.random.shuffle(blocks)
        text = first
        for block in blocks:
            sentence = "\n" not in text and text[-1] in ".?!"
            text += self.random.choice(["\n", "\n", "\n\n", " "] if sentence else ["\n", "\n\n"])
            text += "\n".join(line for line in block if line or self.chance(0.3))
        files = list(dict.fromkeys(PATH.findall(text)))
        return kind, title, files, text.strip()

    def sample(self):
        """(prompt, answer)."""
        kind, title, files, text = self.request()
        answer = {"type": kind, "title": title, "files": files}
        return prompt_of(text), json.dumps(answer, separators=(",", ":"), ensure_ascii=False)

    def echo(self):
        """Made-up words that are said twice: the first thing to learn."""
        makers = [self.word, self.path, self.identifier]
        said = " ".join(self.random.choice(makers)() for _ in range(self.random.randint(2, 8)))
        return "user: " + said + "\nassistant:", json.dumps(said, ensure_ascii=False)


def prompt_of(text):
    return "user: " + text + CONTRACT + "\nassistant:"


# --------------------------------------------------------------------------------------------------------------- tokens

BOS, EOS, SPACE = 1, 2, 259
BYTES = [f"<0x{k:02X}>" for k in range(256)]
VOCABULARY = ["<unk>", "<s>", "</s>"] + BYTES + ["\u2581"] + [chr(k) for k in range(33, 127)]


def encode(text):
    """As llama.cpp's SentencePiece does it with this vocabulary: a character, or else the bytes of it."""
    ids = []
    for character in text:
        if character == " ":
            ids.append(SPACE)
        elif 33 <= ord(character) < 127:
            ids.append(SPACE + 1 + ord(character) - 33)
        else:
            ids.extend(3 + byte for byte in character.encode())
    return ids


def tokens(sample):
    """(ids of prompt and answer, length of the prompt); the tokenizer puts <s> and a space before every prompt."""
    prompt, answer = sample
    ids = [BOS, SPACE] + encode(prompt)
    return ids + encode(answer) + [EOS], len(ids)


# ---------------------------------------------------------------------------------------------------------------- model

CONTEXT, WIDTH, LAYERS, HEADS, HIDDEN, EPSILON = 1024, 96, 3, 4, 160, 1e-5
HEAD = WIDTH // HEADS


def build(torch):
    """A plain Llama: RMS norm, rotary positions, SwiGLU; the output shares the embedding's weights."""
    nn, F = torch.nn, torch.nn.functional

    class Norm(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.ones(WIDTH))

        def forward(self, x):
            return F.rms_norm(x, (WIDTH,), self.weight, EPSILON)

    def turn(x, angles):
        pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], HEAD // 2, 2))
        return torch.view_as_real(pairs * angles).flatten(-2)

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            linear = lambda inside, outside: nn.Linear(inside, outside, bias=False)
            self.attn_norm, self.ffn_norm = Norm(), Norm()
            self.attn_q, self.attn_k, self.attn_v, self.attn_output = (linear(WIDTH, WIDTH) for _ in range(4))
            self.ffn_gate, self.ffn_up = linear(WIDTH, HIDDEN), linear(WIDTH, HIDDEN)
            self.ffn_down = linear(HIDDEN, WIDTH)

        def forward(self, x, angles):
            batch, length, _ = x.shape
            h = self.attn_norm(x)
            heads = lambda projection: projection(h).view(batch, length, HEADS, HEAD).transpose(1, 2)
            q, k, v = heads(self.attn_q), heads(self.attn_k), heads(self.attn_v)
            mixed = F.scaled_dot_product_attention(turn(q, angles), turn(k, angles), v, is_causal=True)
            x = x + self.attn_output(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
            h = self.ffn_norm(x)
            return x + self.ffn_down(F.silu(self.ffn_gate(h)) * self.ffn_up(h))

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.Embedding(len(VOCABULARY), WIDTH)
            self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
            self.norm = Norm()
            for parameter in self.parameters():
                if parameter.dim() > 1:
                    nn.init.normal_(parameter, std=0.04)
            frequencies = 1 / 10000 ** (torch.arange(0, HEAD, 2) / HEAD)
            angles = torch.outer(torch.arange(CONTEXT), frequencies)
            self.angles = torch.polar(torch.ones_like(angles), angles)

        def forward(self, ids, wanted):
            """The scores of the next token at the wanted positions only."""
            x = self.embedding(ids)
            for block in self.blocks:
                x = block(x, self.angles[:ids.shape[1]])
            return self.norm(x[wanted]) @ self.embedding.weight.T

    return Model()


# ------------------------------------------------------------------------------------------------------------- training

ECHO_UNTIL, SHORT_UNTIL = 0.07, 0.30
TYPE_TOKENS, TYPE_WEIGHT = len('{"type":"bug_fix"'), 5


def draw(share, order, full, short):
    if share < ECHO_UNTIL or order.random() < 0.03:
        return full.echo()
    return short.sample() if order.random() < (0.7 if share < SHORT_UNTIL else 0.3) else full.sample()


def batches(seed, steps, size, new=True):
    """Batches of about `size` tokens, of samples of like length; the curriculum goes by the share of steps that are
    done, and is left out for a model that is not new."""
    full, short = Generator(seed), Generator(seed + 1, short=0.8)
    order = random.Random(seed)
    done = 0
    while done < steps:
        share = done / steps if new else 1
        drawn = [tokens(draw(share, order, full, short)) for _ in range(256)]
        pool = sorted((pair for pair in drawn if len(pair[0]) <= CONTEXT), key=lambda pair: len(pair[0]))
        groups, group = [], []
        for pair in pool:
            if group and (len(group) + 1) * len(pair[0]) > size:
                groups.append(group)
                group = []
            group.append(pair)
        groups.append(group)
        order.shuffle(groups)
        for group in groups:
            yield group
            done += 1


def tensors(torch, group):
    """(inputs, targets, which targets count, how much): of the answers, and the type most: it is hard."""
    width = max(len(ids) for ids, _ in group)
    ids = torch.full((len(group), width), EOS)
    counts = torch.zeros(len(group), width - 1, dtype=torch.bool)
    weights = torch.ones(len(group), width - 1)
    for row, (sequence, prompt) in enumerate(group):
        ids[row, :len(sequence)] = torch.tensor(sequence)
        counts[row, prompt - 1:len(sequence) - 1] = True
        weights[row, prompt - 1:prompt - 1 + TYPE_TOKENS] = TYPE_WEIGHT
    return ids[:, :-1], ids[:, 1:], counts, weights


def train(arguments):
    import torch
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    model = build(torch)
    if arguments.start:
        load(torch, model, arguments.start)
    print("parameters", sum(parameter.numel() for parameter in model.parameters()), flush=True)
    matrices = [p for name, p in model.named_parameters() if p.dim() > 1 and "embedding" not in name]
    others = [p for name, p in model.named_parameters() if p.dim() == 1 or "embedding" in name]
    optimizers = [torch.optim.Muon(matrices, lr=arguments.rate, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"),
                  torch.optim.AdamW(others, lr=arguments.rate, betas=(0.9, 0.98), weight_decay=0.01)]
    started, recent = time.time(), []
    for step, group in enumerate(batches(arguments.seed, arguments.steps, arguments.batch, not arguments.start), 1):
        if step > arguments.steps:
            break
        rate = arguments.rate * min(1, step / 50) * min(1, max(0.02, 1.4 * (1 - step / arguments.steps)))
        inputs, targets, counts, weights = tensors(torch, group)
        losses = torch.nn.functional.cross_entropy(model(inputs, counts), targets[counts], reduction="none")
        loss = (losses * weights[counts]).sum() / weights[counts].sum()
        for optimizer in optimizers:
            optimizer.zero_grad()
            for settings in optimizer.param_groups:
                settings["lr"] = rate
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        recent.append(loss.item())
        if step % 50 == 0:
            print(f"step {step} {time.time() - started:.0f}s answer loss {sum(recent) / len(recent):.4f}", flush=True)
            recent = []
        if step % 250 == 0 or step == arguments.steps:
            report(torch, model, step)
            export(model, arguments.out)
    export(model, arguments.out)


def parts(answer):
    """The tokens of the type, of the title and of the files, with what is around them."""
    title, files = answer.index(',"title":'), answer.rindex(',"files":')
    return encode(answer[:title]), encode(answer[title:files]), encode(answer[files:]) + [EOS]


def report(torch, model, step, count=120, seed=424242):
    """How many fresh samples the model would answer to the letter, greedily."""
    generator, right = Generator(seed), {"type": 0, "title": 0, "files": 0}
    with torch.no_grad():
        for _ in range(count):
            sample = generator.sample()
            ids, prompt = tokens(sample)
            inputs, _, counts, _ = tensors(torch, [(ids, prompt)])
            guess = model(inputs, counts).argmax(-1).tolist()
            for part, piece in zip(right, parts(sample[1])):
                right[part] += guess[:len(piece)] == piece
                guess = guess[len(piece):]
    print(f"step {step} of {count} fresh samples right: {right}", flush=True)


# --------------------------------------------------------------------------------------------------------------- export

# No place for a system message: it would cost context and teach the model nothing.
TEMPLATE = ("{% for m in messages %}{% if m['role'] != 'system' %}"
            "{{ m['role'] }}: {{ m['content'] }}\n"
            "{% endif %}{% endfor %}assistant:")


def named(model):
    """(name in the GGUF, parameter)."""
    yield "token_embd.weight", model.embedding.weight
    yield "output_norm.weight", model.norm.weight
    for number, block in enumerate(model.blocks):
        for name, parameter in block.named_parameters():
            yield f"blk.{number}.{name}", parameter


def load(torch, model, path):
    """The weights of an exported model, to go on from."""
    import gguf
    weights = {tensor.name: tensor.data for tensor in gguf.GGUFReader(path).tensors}
    with torch.no_grad():
        for name, parameter in named(model):
            parameter.copy_(torch.tensor(weights[name]).float().view_as(parameter))


def export(model, path):
    import gguf
    import numpy
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("ato-tiny")
    writer.add_license("Apache-2.0")
    writer.add_vocab_size(len(VOCABULARY))
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_rope_dimension_count(HEAD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(VOCABULARY)
    writer.add_token_scores([0.0] * SPACE + [-1.0 - k for k in range(95)])
    writer.add_token_types([2, 3, 3] + [6] * 256 + [1] * 95)
    writer.add_bos_token_id(BOS)
    writer.add_eos_token_id(EOS)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_chat_template(TEMPLATE)
    for name, parameter in named(model):
        array = parameter.detach().numpy()
        writer.add_tensor(name, array.astype(numpy.float16 if array.ndim > 1 else numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


# ----------------------------------------------------------------------------------------------------------------- main

def show(arguments):
    generator = Generator(arguments.seed)
    for _ in range(arguments.count):
        if arguments.tsv:
            kind, title, files, text = generator.request()
            print(kind, title, ",".join(files), text.replace("\n", "\\n"), sep="\t")
        else:
            print(*generator.sample(), sep="", end="\n\n")


def main():
    parser = argparse.ArgumentParser(description="Trains the tiny model of the tests.")
    commands = parser.add_subparsers(required=True)
    training = commands.add_parser("train")
    training.add_argument("--out", default="ato-tiny.gguf")
    training.add_argument("--start", metavar="GGUF", help="go on from these weights instead of new ones")
    training.add_argument("--steps", type=int, default=3000)
    training.add_argument("--batch", type=int, default=3000, help="tokens in a batch")
    training.add_argument("--rate", type=float, default=3e-3)
    training.add_argument("--seed", type=int, default=SEED)
    training.set_defaults(run=train)
    sampling = commands.add_parser("sample")
    sampling.add_argument("--count", type=int, default=10)
    sampling.add_argument("--seed", type=int, default=999)
    sampling.add_argument("--tsv", action="store_true", help="type, title, files, text")
    sampling.set_defaults(run=show)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
