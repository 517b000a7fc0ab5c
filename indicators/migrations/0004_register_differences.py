from django.db import migrations, models

KINDS = [
    ('thousandfold', 'a thousand times off'),
    ('unit', 'another unit'),
    ('outlier', "far outside the row's history"),
    ('parts', 'parts and total differ'),
    ('register', 'register and entered figure differ'),
    ('over_plan', 'far above the plan'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0003_remarks_explanations_parts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='explanation',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='explanationevent',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=20, verbose_name='kind'),
        ),
    ]
