from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_a_remark_knows_its_return_and_what_it_was_about")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="tried_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="最後に試みた日時"),
        ),
    ]
