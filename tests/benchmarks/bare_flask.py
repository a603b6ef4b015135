"""The yardstick of journeys: a bare Flask application with the same pages in Jinja, the same
forms and tokens, the same rows kept and the same safety of the database. Nothing else: one
questionnaire, no conditions, no rating, no languages, no headers."""

from __future__ import annotations

import os
from hashlib import sha256
from uuid import uuid4

from flask import Flask, abort, redirect, render_template, request, session, url_for
from flask_wtf import CSRFProtect
from sqlalchemy import create_engine, delete, event, insert, select, update

from tests.benchmarks import twelve_questions
from tests.benchmarks.bare_tables import draft, invitation, response

STEPS = ("Explorer", "Enabler", "Embedded", "Expert", "Exemplar")
CHOICES = ("1", "2", "3", "4", "5", "dont-know")
PAGES = twelve_questions.pages()


def set_up_sqlite(connection, _record):
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")


app = Flask(__name__, template_folder="bare_pages")
app.config |= {"SECRET_KEY": "k" * 32, "WTF_CSRF_TIME_LIMIT": None}
CSRFProtect(app)

engine = create_engine(os.environ["BARE_DATABASE_URL"])
if engine.dialect.name == "sqlite":
    event.listen(engine, "connect", set_up_sqlite)


def digest_of(token):
    return sha256(token.encode()).digest()


@app.get("/invitations/<token>")
def start(token):
    with engine.connect() as connection:
        refuse_used(connection, token)
    return render_template("start.html")


@app.post("/invitations/<token>")
def begin(token):
    with engine.begin() as connection:
        refuse_used(connection, token)
        connection.execute(insert(draft).values(key_digest=digest_of(token), answers={}))
    session["key"] = token
    return redirect(url_for("page", number=1), 303)


def refuse_used(connection, token):
    known = select(invitation.c.used).where(invitation.c.token_digest == digest_of(token))
    if connection.execute(known).scalar() is not False:
        abort(404)


@app.get("/questions/<int:number>")
def page(number):
    with engine.connect() as connection:
        return show(number, answers_now(connection))


@app.post("/questions/<int:number>")
def save(number):
    _title, questions = PAGES[number - 1]
    chosen = {id_: request.form.get(f"answer-{id_}") for id_, *_ in questions}
    if not all(value in CHOICES for value in chosen.values()):
        return show(number, chosen), 422
    with engine.begin() as connection:
        merged = answers_now(connection) | chosen
        key = digest_of(session["key"])
        connection.execute(update(draft).where(draft.c.key_digest == key).values(answers=merged))
    if number == len(PAGES):
        return redirect(url_for("check"), 303)
    return redirect(url_for("page", number=number + 1), 303)


def answers_now(connection):
    of_key = draft.c.key_digest == digest_of(session["key"])
    answers = connection.execute(select(draft.c.answers).where(of_key)).scalar()
    return abort(404) if answers is None else answers


def show(number, answers):
    title, questions = PAGES[number - 1]
    return render_template(
        "page.html",
        title=title,
        questions=questions,
        answers=answers,
        number=number,
        total=len(PAGES),
        steps=STEPS,
    )


@app.get("/check")
def check():
    with engine.connect() as connection:
        answers = answers_now(connection)
    return render_template("check.html", pages=PAGES, answers=answers, steps=STEPS)


@app.post("/check")
def send():
    key = digest_of(session["key"])
    with engine.begin() as connection:
        answers = answers_now(connection)
        ratings = bytes(int(value) if value.isdecimal() else 6 for value in answers.values())
        connection.execute(delete(draft).where(draft.c.key_digest == key))
        connection.execute(
            update(invitation).where(invitation.c.token_digest == key).values(used=True)
        )
        connection.execute(insert(response).values(id=uuid4(), answers=answers, ratings=ratings))
    session.clear()
    session["said"] = ratings.hex()
    return redirect(url_for("result"), 303)


@app.get("/result")
def result():
    questions = [question for _, asked in PAGES for question in asked]
    said = zip(questions, bytes.fromhex(session["said"]), strict=True)
    return render_template("result.html", said=said, steps=STEPS)
