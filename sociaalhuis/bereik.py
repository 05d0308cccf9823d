"""One number as a range, so that an exclusion constraint can compare it without an extension of the database."""

from django.contrib.postgres.fields import BigIntegerRangeField
from django.db.models import F, Func, Value


def alleen(veld):
    return Func(F(veld), F(veld), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
