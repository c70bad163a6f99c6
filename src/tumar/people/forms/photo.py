"""A photo: no larger than a telephone makes them; what it is, the command finds out."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 15 * 1024 * 1024  # bytes


class PhotoForm(forms.Form):
    use_required_attribute = False

    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 15 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_photo(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["photo"]
        if (upload.size or 0) > LARGEST:
            raise ValidationError(_("This file is larger than 15 MB. Take a smaller picture."))
        return upload
