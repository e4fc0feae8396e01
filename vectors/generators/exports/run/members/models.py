"""A user model of an application's own, whose users have no name but an address."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class Member(AbstractBaseUser):
    email = models.EmailField(unique=True)
    about = models.TextField()
    USERNAME_FIELD = "email"
