import common.text
import django.db.models.deletion
import django.utils.timezone
import history.operations
import pgtrigger.compiler
import pgtrigger.migrations
import registers.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('reference', '0003_reference_tables'),
        ('accounts', '__first__'),
        ('documents', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        history.operations.AllAtOnce(
            operations=[
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('register', models.CharField(max_length=40, verbose_name='register')),
                        ('record_id', models.BigIntegerField(verbose_name='record')),
                        ('file', models.FileField(upload_to=registers.models.stored_name, verbose_name='file')),
                        ('name', common.text.NormalCharField(max_length=200, verbose_name='name')),
                        ('content_type', models.CharField(max_length=100, verbose_name='kind')),
                        ('size', models.PositiveBigIntegerField(verbose_name='size')),
                        ('sha256', models.CharField(max_length=64)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='time added')),
                        ('removed_at', models.DateTimeField(editable=False, null=True, verbose_name='time of removal')),
                        ('added_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                        ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='removed by')),
                        ('source', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.sourcedocument', verbose_name='source document')),
                    ],
                    options={
                        'verbose_name': 'attachment',
                        'verbose_name_plural': 'attachments',
                        'ordering': ('added_at', 'pk'),
                        'indexes': [models.Index(fields=['register', 'record_id'], name='attachment_of')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('register', 'record_id', 'sha256'), name='attachment_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AttachmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('register', models.CharField(max_length=40, verbose_name='register')),
                        ('record_id', models.BigIntegerField(verbose_name='record')),
                        ('file', models.FileField(upload_to=registers.models.stored_name, verbose_name='file')),
                        ('name', common.text.NormalCharField(max_length=200, verbose_name='name')),
                        ('content_type', models.CharField(max_length=100, verbose_name='kind')),
                        ('size', models.PositiveBigIntegerField(verbose_name='size')),
                        ('sha256', models.CharField(max_length=64)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='time added')),
                        ('removed_at', models.DateTimeField(editable=False, null=True, verbose_name='time of removal')),
                        ('added_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='registers.attachment')),
                        ('removed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='removed by')),
                        ('source', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.sourcedocument', verbose_name='source document')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RecordUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('register', models.CharField(max_length=40, verbose_name='register')),
                        ('record_id', models.BigIntegerField(verbose_name='record')),
                        ('label', common.text.NormalCharField(max_length=200, verbose_name='label')),
                        ('address', models.CharField(max_length=200, verbose_name='address')),
                        ('is_frozen', models.BooleanField(default=False, verbose_name='in an issued copy')),
                    ],
                    options={
                        'verbose_name': 'use of a record',
                        'verbose_name_plural': 'uses of records',
                        'ordering': ('label', 'pk'),
                        'indexes': [models.Index(fields=['register', 'record_id'], name='record_use_of')],
                        'constraints': [models.UniqueConstraint(fields=('register', 'record_id', 'label', 'address'), name='record_use_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RecordUseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('register', models.CharField(max_length=40, verbose_name='register')),
                        ('record_id', models.BigIntegerField(verbose_name='record')),
                        ('label', common.text.NormalCharField(max_length=200, verbose_name='label')),
                        ('address', models.CharField(max_length=200, verbose_name='address')),
                        ('is_frozen', models.BooleanField(default=False, verbose_name='in an issued copy')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='registers.recorduse')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SavedFilter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('register', models.CharField(max_length=40, verbose_name='register')),
                        ('name', common.text.NormalCharField(max_length=80, verbose_name='name')),
                        ('query', models.CharField(blank=True, max_length=2000)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'saved filter',
                        'verbose_name_plural': 'saved filters',
                        'ordering': ('name', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('user', 'register', 'name'), name='saved_filter_once', violation_error_message='There is already a saved filter of this name.')],
                    },
                ),
                migrations.CreateModel(
                    name='SavedFilterEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('register', models.CharField(max_length=40, verbose_name='register')),
                        ('name', common.text.NormalCharField(max_length=80, verbose_name='name')),
                        ('query', models.CharField(blank=True, max_length=2000)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='registers.savedfilter')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recorduse',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_recorduseevent" ("address", "id", "is_frozen", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "register") SELECT new_values."address", new_values."id", new_values."is_frozen", new_values."label", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."record_id", new_values."register" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b50877680c9ad65ee496a7a4dc35f0694f6cea98', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_262c2', referencing='REFERENCING NEW TABLE AS new_values ', table='registers_recorduse', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recorduse',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_recorduseevent" ("address", "id", "is_frozen", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "register") SELECT new_values."address", new_values."id", new_values."is_frozen", new_values."label", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."record_id", new_values."register" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2af062a0ffe9b48622337cb270635ab3caab54f2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b9dea', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='registers_recorduse', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recorduse',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_recorduseevent" ("address", "id", "is_frozen", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "register") SELECT old_values."address", old_values."id", old_values."is_frozen", old_values."label", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."record_id", old_values."register" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f1c500290206e53f50f069f97918e3ddd366fa70', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_70160', referencing='REFERENCING OLD TABLE AS old_values ', table='registers_recorduse', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attachment',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_attachmentevent" ("added_at", "added_by_id", "content_type", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "register", "removed_at", "removed_by_id", "sha256", "size", "source_id") SELECT new_values."added_at", new_values."added_by_id", new_values."content_type", new_values."file", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."record_id", new_values."register", new_values."removed_at", new_values."removed_by_id", new_values."sha256", new_values."size", new_values."source_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='91ff9216a0201d3f23ca445c764fc74b10e33013', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d8760', referencing='REFERENCING NEW TABLE AS new_values ', table='registers_attachment', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attachment',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_attachmentevent" ("added_at", "added_by_id", "content_type", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "register", "removed_at", "removed_by_id", "sha256", "size", "source_id") SELECT new_values."added_at", new_values."added_by_id", new_values."content_type", new_values."file", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."record_id", new_values."register", new_values."removed_at", new_values."removed_by_id", new_values."sha256", new_values."size", new_values."source_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='67db3f47b171a9dda5ef2234f644cd186e775ab3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_37b88', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='registers_attachment', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attachment',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_attachmentevent" ("added_at", "added_by_id", "content_type", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "register", "removed_at", "removed_by_id", "sha256", "size", "source_id") SELECT old_values."added_at", old_values."added_by_id", old_values."content_type", old_values."file", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."record_id", old_values."register", old_values."removed_at", old_values."removed_by_id", old_values."sha256", old_values."size", old_values."source_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='602d442be6579ff1141de6dbb285d3395f2c069e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_42392', referencing='REFERENCING OLD TABLE AS old_values ', table='registers_attachment', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attachmentevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c8a87a6a9d6bc3437ac5a4650cc6e9f584d0246f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b9c59', table='registers_attachmentevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recorduseevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c68f1e4282269567625655a601d295bbea17c94b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3d5f7', table='registers_recorduseevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='savedfilter',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_savedfilterevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "register", "user_id") SELECT new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."query", new_values."register", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='82101b9888b3643f15aaa91367d7219d82c5665f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_83c65', referencing='REFERENCING NEW TABLE AS new_values ', table='registers_savedfilter', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='savedfilter',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_savedfilterevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "register", "user_id") SELECT new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."query", new_values."register", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6e36b80be3355633ca29f57e50cf33d0470459a6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_412af', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='registers_savedfilter', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='savedfilter',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_savedfilterevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "register", "user_id") SELECT old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."query", old_values."register", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='740373b68b69049aefd6f4443d76b6010150528d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5fa96', referencing='REFERENCING OLD TABLE AS old_values ', table='registers_savedfilter', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='savedfilterevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aabc25855667a32b5cf81c5b54abe494a07341cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_40380', table='registers_savedfilterevent', when='BEFORE')),
                ),
            ],
        ),
    ]
