"""Settings of the mail server: where e-mails leave, how the link is encrypted, as whom. The password is kept apart."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.config import Settings, problem_with
from counter_app.ui.screens.choice_row import ChoiceRow
from counter_app.ui.screens.page_parts import Card, Result, button, line_of, side_by_side
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.form import FormRow, plain
from counter_app.wording.catalogue import Words

_SECURITY = {"starttls": "starttls", "tls": "tls", "none": "clear"}
_TEXTS = ("mail_server", "mail_sender", "mail_user", "mail_authority")


class MailCard(Card):
    """One line for each setting, the password that nobody reads back, and a try that sends nothing."""

    changed = Signal(dict)
    """Settings by name, as the agent wrote them."""
    password_given = Signal(str)
    try_wanted = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("settings.mail_title"), parent)
        self._words = words
        scope = words("settings.this_desk")
        self._rows = {
            name: FormRow(theme, words(f"settings.{name}"), QLineEdit(), words(f"settings.{name}_hint"))
            for name in _TEXTS
        }
        self.security = ChoiceRow(
            theme,
            words("settings.mail_security"),
            [(value, words(f"settings.mail_{key}")) for value, key in _SECURITY.items()],
            scope,
        )
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password_row = FormRow(
            theme, words("settings.mail_password"), self.password, words("settings.mail_password_hint")
        )
        self.attempt = button(words("settings.mail_try"), self.try_wanted.emit)
        self.result = Result(theme)
        self._held = dict.fromkeys(_TEXTS, "")
        self._connect(theme, scope)
        server, sender, user, authority = (self._rows[name] for name in _TEXTS)
        self.add(line_of(words("settings.mail_about"), "caption"), server, self.security, sender, user)
        self.add(self._password_row, authority, side_by_side([self.attempt]), self.result)

    def _connect(self, theme: Theme, scope: str) -> None:
        for name, row in (*self._rows.items(), ("password", self._password_row)):
            field = row.field
            assert isinstance(field, QLineEdit)
            field.setMaximumWidth(theme.px(420))
            field.setAccessibleName(f"{plain(row.label.text())}, {scope}")
            if name != "password":
                field.editingFinished.connect(lambda name=name: self._on_written(name))
        self.password.editingFinished.connect(self._on_password)
        self.security.chosen.connect(lambda value: self.changed.emit({"mail_security": value}))

    def field(self, name: str) -> QLineEdit:
        """The field of a setting."""
        field = self._rows[name].field
        assert isinstance(field, QLineEdit)
        return field

    def show_settings(self, settings: Settings) -> None:
        """Show what holds; what is being written, or has still to be mended, is left alone."""
        for name in _TEXTS:
            self._held[name] = str(getattr(settings, name))
            field = self.field(name)
            if not field.hasFocus() and not self._rows[name].message.text:
                field.setText(self._held[name])
        self.security.show_value(settings.mail_security)

    def _on_written(self, name: str) -> None:
        text = self.field(name).text().strip()
        row = self._rows[name]
        if problem_with(name, text):
            row.complain(self._words(f"settings.{name}_wrong"))
            return
        row.accept()
        if text != self._held[name]:
            self._held[name] = text
            self.changed.emit({name: text})

    def _on_password(self) -> None:
        """Kept as soon as it is written whole, and shown to nobody again."""
        text = self.password.text()
        if text:
            self.password.clear()
            self.password_given.emit(text)
