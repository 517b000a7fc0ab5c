import common.text
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import history.operations
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_succession_names'),
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('reference', '0003_reference_tables'),
    ]

    operations = [
        history.operations.AllAtOnce(
            operations=[
                migrations.CreateModel(
                    name='Act',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('done_on', models.DateField(verbose_name='day')),
                        ('kind', models.CharField(choices=[('amended', 'amended'), ('extended', 'extended'), ('suspended', 'suspended'), ('resumed', 'resumed'), ('terminated', 'terminated')], max_length=20, verbose_name='act')),
                        ('expires_on', models.DateField(blank=True, null=True, verbose_name='new last day in force')),
                        ('note', common.text.NormalCharField(blank=True, max_length=300, verbose_name='note')),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acts', to='agreements.agreement')),
                    ],
                    options={
                        'verbose_name': 'act on an agreement',
                        'verbose_name_plural': 'acts on agreements',
                        'ordering': ('done_on', 'pk'),
                        'indexes': [models.Index(fields=['agreement', 'done_on'], name='act_of_agreement')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('expires_on__gte', models.F('done_on')), ('kind', 'extended')), models.Q(models.Q(('kind', 'extended'), _negated=True), ('expires_on', None)), _connector='OR'), name='act_extends_to_a_day', violation_error_message='An extension, and only an extension, has a new last day after its own day.')],
                    },
                ),
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('data_class', models.CharField(choices=[('ordinary', 'ordinary'), ('restricted', 'internal – restricted')], default='ordinary', max_length=20, verbose_name='who may see it')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='entered')),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last changed')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                        ('deleted_at', models.DateTimeField(editable=False, null=True, verbose_name='time of deletion')),
                        ('deletion_reason', common.text.NormalTextField(blank=True, editable=False, verbose_name='reason for deletion')),
                        ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='sample data')),
                        ('import_id', models.BigIntegerField(editable=False, null=True, verbose_name='import')),
                        ('entry_key', models.UUIDField(editable=False, null=True, unique=True)),
                        ('search_text', models.TextField(default='', editable=False)),
                        ('title', common.text.NormalCharField(max_length=400, verbose_name='title')),
                        ('level', models.CharField(choices=[('province', 'province'), ('department', 'department, branch'), ('district', 'district (until 30/06/2025)'), ('commune', 'commune'), ('organisation', 'organisation')], max_length=20, verbose_name='level of signing')),
                        ('own_party', common.text.NormalCharField(blank=True, help_text='Where it is not in the list, for example a former district.', max_length=300, verbose_name='Vietnamese party in other words')),
                        ('other_party', common.text.NormalCharField(blank=True, help_text='Where it is not in the list.', max_length=300, verbose_name='foreign party in other words')),
                        ('own_signer', common.text.NormalCharField(blank=True, help_text='Name and position.', max_length=200, verbose_name='signed for the Vietnamese side by')),
                        ('other_signer', common.text.NormalCharField(blank=True, max_length=200, verbose_name='signed for the foreign side by')),
                        ('signed_on', models.DateField(verbose_name='day of signing')),
                        ('signed_at', common.text.NormalCharField(blank=True, max_length=200, verbose_name='place of signing')),
                        ('occasion', common.text.NormalCharField(blank=True, help_text='The meeting or visit at which it was signed.', max_length=200, verbose_name='occasion')),
                        ('effective_on', models.DateField(blank=True, help_text='Empty: from the day of signing.', null=True, verbose_name='effective from')),
                        ('expires_on', models.DateField(blank=True, help_text='As signed; extensions are acts below. Empty: without a term.', null=True, verbose_name='last day in force')),
                        ('renewal', models.CharField(choices=[('none', 'not foreseen'), ('consent', 'when the parties agree'), ('automatic', 'by itself, unless a party objects')], default='none', max_length=20, verbose_name='renewal')),
                        ('renewal_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1200)], verbose_name='months of each renewal')),
                        ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('trade', 'trade'), ('gates', 'border gates'), ('zone', 'cross-border economic area'), ('transport', 'transport links'), ('tourism', 'tourism'), ('labour', 'labour'), ('farming', 'agriculture, quarantine'), ('culture', 'culture, sports'), ('education', 'education, training'), ('health', 'health'), ('science', 'science and technology'), ('border', 'border management'), ('security', 'security, fighting crime'), ('friendship', 'twinning, friendship'), ('other', 'other')], max_length=20), blank=True, default=list, size=None, verbose_name='fields of cooperation')),
                        ('languages', common.text.NormalCharField(blank=True, help_text='For example: Vietnamese, Chinese.', max_length=200, verbose_name='languages')),
                        ('implementation', common.text.NormalTextField(blank=True, verbose_name='implementation')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='agency')),
                        ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                        ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                        ('deleted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deleted by')),
                        ('mechanism', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.mechanism', verbose_name='cooperation mechanism')),
                        ('own_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='Vietnamese party')),
                        ('partners', models.ManyToManyField(blank=True, related_name='+', to='reference.partner', verbose_name='foreign parties')),
                    ],
                    options={
                        'verbose_name': 'international agreement',
                        'verbose_name_plural': 'international agreements',
                        'ordering': ('-signed_on', '-pk'),
                        'abstract': False,
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='agreement_search', opclasses=['gin_trgm_ops']), models.Index(condition=models.Q(('is_demo', True)), fields=['id'], name='agreement_demo'), django.contrib.postgres.indexes.GinIndex(fields=['areas'], name='agreement_areas'), models.Index(condition=models.Q(('deleted_at', None)), fields=['signed_on', 'id'], name='agreement_signed_on'), models.Index(condition=models.Q(('deleted_at', None)), fields=['level', 'id'], name='agreement_level'), models.Index(condition=models.Q(('deleted_at', None)), fields=['title', 'id'], name='agreement_title'), models.Index(condition=models.Q(('deleted_at', None)), fields=['expires_on', 'id'], name='agreement_expires_on'), models.Index(condition=models.Q(('deleted_at', None), ('renewal', 'automatic')), fields=['id'], name='agreement_renews')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('deleted_at', None), models.Q(('deletion_reason', ''), _negated=True), _connector='OR'), name='agreement_deleted_for_a_reason', violation_error_message='A record is deleted for a reason: write it down.'), models.CheckConstraint(condition=models.Q(('effective_on__gte', models.F('signed_on'))), name='agreement_effective_once_signed', violation_error_message='It takes effect before it was signed.'), models.CheckConstraint(condition=models.Q(models.Q(('expires_on__gte', models.F('signed_on')), models.Q(('effective_on', None), ('expires_on__gte', models.F('effective_on')), _connector='OR')), ('expires_on', None), _connector='OR'), name='agreement_ends_after_it_begins', violation_error_message='It ends before it begins.'), models.CheckConstraint(condition=models.Q(models.Q(('renewal', 'automatic'), _negated=True), models.Q(('expires_on__isnull', False), ('renewal_months__gte', 1)), _connector='OR'), name='agreement_renews_by_a_term', violation_error_message='What is renewed by itself has a last day and the months of each renewal.'), models.CheckConstraint(condition=models.Q(('own_agency__isnull', False), models.Q(('own_party', ''), _negated=True), _connector='OR'), name='agreement_has_a_vietnamese_party', violation_error_message='The Vietnamese party is missing.')],
                    },
                ),
                migrations.CreateModel(
                    name='ActEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('done_on', models.DateField(verbose_name='day')),
                        ('kind', models.CharField(choices=[('amended', 'amended'), ('extended', 'extended'), ('suspended', 'suspended'), ('resumed', 'resumed'), ('terminated', 'terminated')], max_length=20, verbose_name='act')),
                        ('expires_on', models.DateField(blank=True, null=True, verbose_name='new last day in force')),
                        ('note', common.text.NormalCharField(blank=True, max_length=300, verbose_name='note')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='agreements.act')),
                        ('agreement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agreements.agreement')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AgreementEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('data_class', models.CharField(choices=[('ordinary', 'ordinary'), ('restricted', 'internal – restricted')], default='ordinary', max_length=20, verbose_name='who may see it')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='entered')),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last changed')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                        ('deleted_at', models.DateTimeField(editable=False, null=True, verbose_name='time of deletion')),
                        ('deletion_reason', common.text.NormalTextField(blank=True, editable=False, verbose_name='reason for deletion')),
                        ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='sample data')),
                        ('import_id', models.BigIntegerField(editable=False, null=True, verbose_name='import')),
                        ('title', common.text.NormalCharField(max_length=400, verbose_name='title')),
                        ('level', models.CharField(choices=[('province', 'province'), ('department', 'department, branch'), ('district', 'district (until 30/06/2025)'), ('commune', 'commune'), ('organisation', 'organisation')], max_length=20, verbose_name='level of signing')),
                        ('own_party', common.text.NormalCharField(blank=True, help_text='Where it is not in the list, for example a former district.', max_length=300, verbose_name='Vietnamese party in other words')),
                        ('other_party', common.text.NormalCharField(blank=True, help_text='Where it is not in the list.', max_length=300, verbose_name='foreign party in other words')),
                        ('own_signer', common.text.NormalCharField(blank=True, help_text='Name and position.', max_length=200, verbose_name='signed for the Vietnamese side by')),
                        ('other_signer', common.text.NormalCharField(blank=True, max_length=200, verbose_name='signed for the foreign side by')),
                        ('signed_on', models.DateField(verbose_name='day of signing')),
                        ('signed_at', common.text.NormalCharField(blank=True, max_length=200, verbose_name='place of signing')),
                        ('occasion', common.text.NormalCharField(blank=True, help_text='The meeting or visit at which it was signed.', max_length=200, verbose_name='occasion')),
                        ('effective_on', models.DateField(blank=True, help_text='Empty: from the day of signing.', null=True, verbose_name='effective from')),
                        ('expires_on', models.DateField(blank=True, help_text='As signed; extensions are acts below. Empty: without a term.', null=True, verbose_name='last day in force')),
                        ('renewal', models.CharField(choices=[('none', 'not foreseen'), ('consent', 'when the parties agree'), ('automatic', 'by itself, unless a party objects')], default='none', max_length=20, verbose_name='renewal')),
                        ('renewal_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1200)], verbose_name='months of each renewal')),
                        ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('trade', 'trade'), ('gates', 'border gates'), ('zone', 'cross-border economic area'), ('transport', 'transport links'), ('tourism', 'tourism'), ('labour', 'labour'), ('farming', 'agriculture, quarantine'), ('culture', 'culture, sports'), ('education', 'education, training'), ('health', 'health'), ('science', 'science and technology'), ('border', 'border management'), ('security', 'security, fighting crime'), ('friendship', 'twinning, friendship'), ('other', 'other')], max_length=20), blank=True, default=list, size=None, verbose_name='fields of cooperation')),
                        ('languages', common.text.NormalCharField(blank=True, help_text='For example: Vietnamese, Chinese.', max_length=200, verbose_name='languages')),
                        ('implementation', common.text.NormalTextField(blank=True, verbose_name='implementation')),
                        ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency', verbose_name='agency')),
                        ('changed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                        ('created_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                        ('deleted_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deleted by')),
                        ('mechanism', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reference.mechanism', verbose_name='cooperation mechanism')),
                        ('own_agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency', verbose_name='Vietnamese party')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='agreements.agreement')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AgreementPartnerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('agreement', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agreements.agreement')),
                        ('partner', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reference.partner')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='agreements.agreementpartner')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AgreementPartner',
                    fields=[
                    ],
                    options={
                        'verbose_name': 'foreign party of an agreement',
                        'verbose_name_plural': 'foreign parties of agreements',
                        'proxy': True,
                        'indexes': [],
                        'constraints': [],
                    },
                    bases=('agreements.agreement_partners',),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreement',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementevent" ("agency_id", "areas", "changed_at", "changed_by_id", "created_at", "created_by_id", "data_class", "deleted_at", "deleted_by_id", "deletion_reason", "effective_on", "expires_on", "id", "implementation", "import_id", "is_demo", "languages", "level", "mechanism_id", "occasion", "other_party", "other_signer", "own_agency_id", "own_party", "own_signer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renewal", "renewal_months", "signed_at", "signed_on", "title", "version") SELECT new_values."agency_id", new_values."areas", new_values."changed_at", new_values."changed_by_id", new_values."created_at", new_values."created_by_id", new_values."data_class", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."effective_on", new_values."expires_on", new_values."id", new_values."implementation", new_values."import_id", new_values."is_demo", new_values."languages", new_values."level", new_values."mechanism_id", new_values."occasion", new_values."other_party", new_values."other_signer", new_values."own_agency_id", new_values."own_party", new_values."own_signer", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."renewal", new_values."renewal_months", new_values."signed_at", new_values."signed_on", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2ea8dc29b5702909429df62a9fe18da84eadc6d6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_13a93', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_agreement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreement',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementevent" ("agency_id", "areas", "changed_at", "changed_by_id", "created_at", "created_by_id", "data_class", "deleted_at", "deleted_by_id", "deletion_reason", "effective_on", "expires_on", "id", "implementation", "import_id", "is_demo", "languages", "level", "mechanism_id", "occasion", "other_party", "other_signer", "own_agency_id", "own_party", "own_signer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renewal", "renewal_months", "signed_at", "signed_on", "title", "version") SELECT new_values."agency_id", new_values."areas", new_values."changed_at", new_values."changed_by_id", new_values."created_at", new_values."created_by_id", new_values."data_class", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."effective_on", new_values."expires_on", new_values."id", new_values."implementation", new_values."import_id", new_values."is_demo", new_values."languages", new_values."level", new_values."mechanism_id", new_values."occasion", new_values."other_party", new_values."other_signer", new_values."own_agency_id", new_values."own_party", new_values."own_signer", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."renewal", new_values."renewal_months", new_values."signed_at", new_values."signed_on", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."agency_id" IS DISTINCT FROM (new_values."agency_id") OR old_values."areas" IS DISTINCT FROM (new_values."areas") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."changed_by_id" IS DISTINCT FROM (new_values."changed_by_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."data_class" IS DISTINCT FROM (new_values."data_class") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."deletion_reason" IS DISTINCT FROM (new_values."deletion_reason") OR old_values."effective_on" IS DISTINCT FROM (new_values."effective_on") OR old_values."expires_on" IS DISTINCT FROM (new_values."expires_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."implementation" IS DISTINCT FROM (new_values."implementation") OR old_values."import_id" IS DISTINCT FROM (new_values."import_id") OR old_values."is_demo" IS DISTINCT FROM (new_values."is_demo") OR old_values."languages" IS DISTINCT FROM (new_values."languages") OR old_values."level" IS DISTINCT FROM (new_values."level") OR old_values."mechanism_id" IS DISTINCT FROM (new_values."mechanism_id") OR old_values."occasion" IS DISTINCT FROM (new_values."occasion") OR old_values."other_party" IS DISTINCT FROM (new_values."other_party") OR old_values."other_signer" IS DISTINCT FROM (new_values."other_signer") OR old_values."own_agency_id" IS DISTINCT FROM (new_values."own_agency_id") OR old_values."own_party" IS DISTINCT FROM (new_values."own_party") OR old_values."own_signer" IS DISTINCT FROM (new_values."own_signer") OR old_values."renewal" IS DISTINCT FROM (new_values."renewal") OR old_values."renewal_months" IS DISTINCT FROM (new_values."renewal_months") OR old_values."signed_at" IS DISTINCT FROM (new_values."signed_at") OR old_values."signed_on" IS DISTINCT FROM (new_values."signed_on") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='03ebe74fa66c763cd1ddf0bdd38a0651f3974981', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_36fdd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_agreement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreement',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementevent" ("agency_id", "areas", "changed_at", "changed_by_id", "created_at", "created_by_id", "data_class", "deleted_at", "deleted_by_id", "deletion_reason", "effective_on", "expires_on", "id", "implementation", "import_id", "is_demo", "languages", "level", "mechanism_id", "occasion", "other_party", "other_signer", "own_agency_id", "own_party", "own_signer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renewal", "renewal_months", "signed_at", "signed_on", "title", "version") SELECT old_values."agency_id", old_values."areas", old_values."changed_at", old_values."changed_by_id", old_values."created_at", old_values."created_by_id", old_values."data_class", old_values."deleted_at", old_values."deleted_by_id", old_values."deletion_reason", old_values."effective_on", old_values."expires_on", old_values."id", old_values."implementation", old_values."import_id", old_values."is_demo", old_values."languages", old_values."level", old_values."mechanism_id", old_values."occasion", old_values."other_party", old_values."other_signer", old_values."own_agency_id", old_values."own_party", old_values."own_signer", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."renewal", old_values."renewal_months", old_values."signed_at", old_values."signed_on", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e935ec814dd9d183d69e07313b630775a72bf62e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a07e3', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_agreement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='actevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='902cbe9ec8d2acc2e85662cd70c478124f0e5db3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9aa51', table='agreements_actevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='act',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_actevent" ("agreement_id", "done_on", "expires_on", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."agreement_id", new_values."done_on", new_values."expires_on", new_values."id", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eef198435b064789162ad046217e2166e29985e3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a39b2', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_act', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='act',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_actevent" ("agreement_id", "done_on", "expires_on", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."agreement_id", new_values."done_on", new_values."expires_on", new_values."id", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='793cbc53f0a7ab0e73d1273d4b1f48245ce9311b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_91a53', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_act', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='act',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_actevent" ("agreement_id", "done_on", "expires_on", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."agreement_id", old_values."done_on", old_values."expires_on", old_values."id", old_values."kind", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='78066323e5782457b5a63ddc2628835dd2807af8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_498f6', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_act', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='10a426d334db94a2d51d3555cf1d4c20cc116b1d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ab134', table='agreements_agreementevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementpartner',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementpartnerevent" ("agreement_id", "id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."agreement_id", new_values."id", new_values."partner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5716ad0f7051e1b735b94a9f1ea65db228b95497', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4e303', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_agreement_partners', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementpartner',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementpartnerevent" ("agreement_id", "id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."agreement_id", new_values."id", new_values."partner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='24a9d94d840e558db07743f69af26dfcef73ed61', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b8288', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_agreement_partners', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementpartner',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementpartnerevent" ("agreement_id", "id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."agreement_id", old_values."id", old_values."partner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='191facf527a05d2a101c2685408feca07029b319', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_94ea8', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_agreement_partners', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementpartnerevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b81d9f54a75ee37c3c0aaac3fff4e32b81dd4cca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_181a4', table='agreements_agreementpartnerevent', when='BEFORE')),
                ),
            ],
        ),
    ]
