import common.text
import django.contrib.postgres.indexes
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
                    name='Incident',
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
                        ('happened_on', models.DateField(verbose_name='day of the incident')),
                        ('sector', common.text.NormalCharField(blank=True, help_text='The stretch of the boundary, for example: Tân Thanh, Cốc Nam.', max_length=200, verbose_name='sector')),
                        ('marker', common.text.NormalCharField(blank=True, help_text='One marker or a stretch: 1090, 1088/2 – 1089.', max_length=60, verbose_name='border marker')),
                        ('kind', models.CharField(choices=[('encroachment', 'cultivation or settlement across the line'), ('building', 'building, changes near the boundary line'), ('grazing', 'grazing across the border'), ('resources', 'exploitation of resources'), ('marker', 'damage to or displacement of a border marker'), ('crossing', 'illegal crossing of the border'), ('explosion', 'blasting, launched objects, aircraft'), ('discharge', 'discharge, change of a watercourse'), ('smuggling', 'smuggling'), ('violence', 'assault or seizure of persons'), ('other', 'other')], max_length=20, verbose_name='type of incident')),
                        ('side', models.CharField(choices=[('vn', 'Viet Nam'), ('cn', 'China'), ('unknown', 'not determined')], max_length=10, verbose_name='violating side')),
                        ('breaks_agreement', models.BooleanField(default=False, help_text='Only these are counted as violations in the yearly figures.', verbose_name='breaks the border regime agreement')),
                        ('description', common.text.NormalTextField(verbose_name='description')),
                        ('handling', common.text.NormalTextField(blank=True, verbose_name='handling')),
                        ('channel', models.CharField(blank=True, choices=[('', 'none so far'), ('letter', 'letter'), ('talks', 'talks'), ('both', 'letter and talks')], default='', max_length=10, verbose_name='form of exchange')),
                        ('status', models.CharField(choices=[('new', 'new'), ('discussed', 'under discussion'), ('settled', 'settled')], default='new', max_length=10, verbose_name='status')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='agency')),
                        ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                        ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                        ('deleted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deleted by')),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.place', verbose_name='commune')),
                    ],
                    options={
                        'verbose_name': 'border incident',
                        'verbose_name_plural': 'border incidents',
                        'ordering': ('-happened_on', '-pk'),
                        'abstract': False,
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='incident_search', opclasses=['gin_trgm_ops']), models.Index(condition=models.Q(('is_demo', True)), fields=['id'], name='incident_demo'), models.Index(condition=models.Q(('deleted_at', None)), fields=['happened_on', 'id'], name='incident_happened_on'), models.Index(condition=models.Q(('deleted_at', None)), fields=['kind', 'id'], name='incident_kind'), models.Index(condition=models.Q(('deleted_at', None)), fields=['side', 'id'], name='incident_side'), models.Index(condition=models.Q(('deleted_at', None)), fields=['status', 'id'], name='incident_status')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('deleted_at', None), models.Q(('deletion_reason', ''), _negated=True), _connector='OR'), name='incident_deleted_for_a_reason', violation_error_message='A record is deleted for a reason: write it down.')],
                    },
                ),
                migrations.CreateModel(
                    name='IncidentEvent',
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
                        ('happened_on', models.DateField(verbose_name='day of the incident')),
                        ('sector', common.text.NormalCharField(blank=True, help_text='The stretch of the boundary, for example: Tân Thanh, Cốc Nam.', max_length=200, verbose_name='sector')),
                        ('marker', common.text.NormalCharField(blank=True, help_text='One marker or a stretch: 1090, 1088/2 – 1089.', max_length=60, verbose_name='border marker')),
                        ('kind', models.CharField(choices=[('encroachment', 'cultivation or settlement across the line'), ('building', 'building, changes near the boundary line'), ('grazing', 'grazing across the border'), ('resources', 'exploitation of resources'), ('marker', 'damage to or displacement of a border marker'), ('crossing', 'illegal crossing of the border'), ('explosion', 'blasting, launched objects, aircraft'), ('discharge', 'discharge, change of a watercourse'), ('smuggling', 'smuggling'), ('violence', 'assault or seizure of persons'), ('other', 'other')], max_length=20, verbose_name='type of incident')),
                        ('side', models.CharField(choices=[('vn', 'Viet Nam'), ('cn', 'China'), ('unknown', 'not determined')], max_length=10, verbose_name='violating side')),
                        ('breaks_agreement', models.BooleanField(default=False, help_text='Only these are counted as violations in the yearly figures.', verbose_name='breaks the border regime agreement')),
                        ('description', common.text.NormalTextField(verbose_name='description')),
                        ('handling', common.text.NormalTextField(blank=True, verbose_name='handling')),
                        ('channel', models.CharField(blank=True, choices=[('', 'none so far'), ('letter', 'letter'), ('talks', 'talks'), ('both', 'letter and talks')], default='', max_length=10, verbose_name='form of exchange')),
                        ('status', models.CharField(choices=[('new', 'new'), ('discussed', 'under discussion'), ('settled', 'settled')], default='new', max_length=10, verbose_name='status')),
                        ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency', verbose_name='agency')),
                        ('changed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                        ('created_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                        ('deleted_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deleted by')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='border.incident')),
                        ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reference.place', verbose_name='commune')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='incident',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "border_incidentevent" ("agency_id", "breaks_agreement", "changed_at", "changed_by_id", "channel", "created_at", "created_by_id", "data_class", "deleted_at", "deleted_by_id", "deletion_reason", "description", "handling", "happened_on", "id", "import_id", "is_demo", "kind", "marker", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "sector", "side", "status", "version") SELECT new_values."agency_id", new_values."breaks_agreement", new_values."changed_at", new_values."changed_by_id", new_values."channel", new_values."created_at", new_values."created_by_id", new_values."data_class", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."description", new_values."handling", new_values."happened_on", new_values."id", new_values."import_id", new_values."is_demo", new_values."kind", new_values."marker", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place_id", new_values."sector", new_values."side", new_values."status", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='707c7a250e59cb16fdc536fa97aa3ceecddfd4f6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_eeea1', referencing='REFERENCING NEW TABLE AS new_values ', table='border_incident', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='incident',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "border_incidentevent" ("agency_id", "breaks_agreement", "changed_at", "changed_by_id", "channel", "created_at", "created_by_id", "data_class", "deleted_at", "deleted_by_id", "deletion_reason", "description", "handling", "happened_on", "id", "import_id", "is_demo", "kind", "marker", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "sector", "side", "status", "version") SELECT new_values."agency_id", new_values."breaks_agreement", new_values."changed_at", new_values."changed_by_id", new_values."channel", new_values."created_at", new_values."created_by_id", new_values."data_class", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."description", new_values."handling", new_values."happened_on", new_values."id", new_values."import_id", new_values."is_demo", new_values."kind", new_values."marker", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place_id", new_values."sector", new_values."side", new_values."status", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."agency_id" IS DISTINCT FROM (new_values."agency_id") OR old_values."breaks_agreement" IS DISTINCT FROM (new_values."breaks_agreement") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."changed_by_id" IS DISTINCT FROM (new_values."changed_by_id") OR old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."data_class" IS DISTINCT FROM (new_values."data_class") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."deletion_reason" IS DISTINCT FROM (new_values."deletion_reason") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."handling" IS DISTINCT FROM (new_values."handling") OR old_values."happened_on" IS DISTINCT FROM (new_values."happened_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."import_id" IS DISTINCT FROM (new_values."import_id") OR old_values."is_demo" IS DISTINCT FROM (new_values."is_demo") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."marker" IS DISTINCT FROM (new_values."marker") OR old_values."place_id" IS DISTINCT FROM (new_values."place_id") OR old_values."sector" IS DISTINCT FROM (new_values."sector") OR old_values."side" IS DISTINCT FROM (new_values."side") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2b25bee4650bc793c2e7f0840d434db7d89d7aa9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_dd237', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='border_incident', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='incident',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "border_incidentevent" ("agency_id", "breaks_agreement", "changed_at", "changed_by_id", "channel", "created_at", "created_by_id", "data_class", "deleted_at", "deleted_by_id", "deletion_reason", "description", "handling", "happened_on", "id", "import_id", "is_demo", "kind", "marker", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "sector", "side", "status", "version") SELECT old_values."agency_id", old_values."breaks_agreement", old_values."changed_at", old_values."changed_by_id", old_values."channel", old_values."created_at", old_values."created_by_id", old_values."data_class", old_values."deleted_at", old_values."deleted_by_id", old_values."deletion_reason", old_values."description", old_values."handling", old_values."happened_on", old_values."id", old_values."import_id", old_values."is_demo", old_values."kind", old_values."marker", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place_id", old_values."sector", old_values."side", old_values."status", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='554f837b3e729c9f99e9d3014020ee1f72628cba', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c22fc', referencing='REFERENCING OLD TABLE AS old_values ', table='border_incident', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='incidentevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d712dd098e6c73d30fa0e468a7514dacde24fbce', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_97e14', table='border_incidentevent', when='BEFORE')),
                ),
            ],
        ),
    ]
