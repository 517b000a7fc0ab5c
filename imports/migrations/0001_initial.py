import common.text
import django.db.models.deletion
import django.utils.timezone
import history.operations
import imports.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_succession_names'),
        ('jobs', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        history.operations.AllAtOnce(
            operations=[
                migrations.CreateModel(
                    name='Match',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.CharField(max_length=80)),
                        ('heading', models.CharField(max_length=200)),
                        ('field', models.CharField(blank=True, max_length=80)),
                        ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.agency')),
                    ],
                    options={
                        'verbose_name': 'remembered heading',
                        'verbose_name_plural': 'remembered headings',
                        'constraints': [models.UniqueConstraint(fields=('agency', 'source', 'heading'), name='match_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='MatchEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('source', models.CharField(max_length=80)),
                        ('heading', models.CharField(max_length=200)),
                        ('field', models.CharField(blank=True, max_length=80)),
                        ('agency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='imports.match')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Upload',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.CharField(max_length=80, verbose_name='destination')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='time')),
                        ('file', models.FileField(upload_to=imports.models.stored_name, verbose_name='file')),
                        ('file_name', common.text.NormalCharField(max_length=150, verbose_name='name of the file')),
                        ('size', models.PositiveBigIntegerField(verbose_name='size')),
                        ('sha256', models.CharField(max_length=64)),
                        ('state', models.CharField(choices=[('reading', 'being read'), ('asking', 'waits for answers'), ('checking', 'being checked'), ('ready', 'can be confirmed'), ('writing', 'being imported'), ('done', 'imported'), ('undoing', 'being undone'), ('undone', 'undone'), ('refused', 'cannot be read')], default='reading', max_length=10, verbose_name='state')),
                        ('message', models.TextField(blank=True, verbose_name='message')),
                        ('sheet', models.CharField(blank=True, max_length=100, verbose_name='sheet')),
                        ('layout', models.JSONField(default=dict)),
                        ('matching', models.JSONField(default=dict)),
                        ('questions', models.JSONField(default=list)),
                        ('answers', models.JSONField(default=dict)),
                        ('recognised', models.JSONField(default=list)),
                        ('counts', models.JSONField(default=dict)),
                        ('only_good', models.BooleanField(default=False, verbose_name='only the rows without faults')),
                        ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
                        ('written_rows', models.PositiveIntegerField(default=0, verbose_name='rows written')),
                        ('undone_at', models.DateTimeField(null=True, verbose_name='undone')),
                        ('undone_rows', models.PositiveIntegerField(default=0, verbose_name='rows undone')),
                        ('kept_rows', models.JSONField(default=list)),
                        ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='agency')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                        ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='jobs.job')),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'import',
                        'verbose_name_plural': 'imports',
                        'ordering': ('-at', '-pk'),
                        'indexes': [models.Index(fields=['by', '-at'], name='upload_of_person'), models.Index(fields=['sha256', 'source'], name='upload_again')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='upload_done_was_confirmed')],
                    },
                ),
                migrations.CreateModel(
                    name='UploadEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('source', models.CharField(max_length=80, verbose_name='destination')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='time')),
                        ('file', models.FileField(upload_to=imports.models.stored_name, verbose_name='file')),
                        ('file_name', common.text.NormalCharField(max_length=150, verbose_name='name of the file')),
                        ('size', models.PositiveBigIntegerField(verbose_name='size')),
                        ('sha256', models.CharField(max_length=64)),
                        ('state', models.CharField(choices=[('reading', 'being read'), ('asking', 'waits for answers'), ('checking', 'being checked'), ('ready', 'can be confirmed'), ('writing', 'being imported'), ('done', 'imported'), ('undoing', 'being undone'), ('undone', 'undone'), ('refused', 'cannot be read')], default='reading', max_length=10, verbose_name='state')),
                        ('message', models.TextField(blank=True, verbose_name='message')),
                        ('sheet', models.CharField(blank=True, max_length=100, verbose_name='sheet')),
                        ('answers', models.JSONField(default=dict)),
                        ('counts', models.JSONField(default=dict)),
                        ('only_good', models.BooleanField(default=False, verbose_name='only the rows without faults')),
                        ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
                        ('written_rows', models.PositiveIntegerField(default=0, verbose_name='rows written')),
                        ('undone_at', models.DateTimeField(null=True, verbose_name='undone')),
                        ('undone_rows', models.PositiveIntegerField(default=0, verbose_name='rows undone')),
                        ('kept_rows', models.JSONField(default=list)),
                        ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency', verbose_name='agency')),
                        ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                        ('job', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='jobs.job')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='imports.upload')),
                        ('undone_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='UploadRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('outcome', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('unchanged', 'unchanged'), ('faulty', 'faulty'), ('duplicate', 'duplicate')], max_length=10)),
                        ('choice', models.CharField(blank=True, choices=[('skip', 'skip'), ('update', 'update'), ('keep', 'keep')], max_length=10)),
                        ('choices', models.JSONField(default=list)),
                        ('title', models.TextField(blank=True)),
                        ('target', models.BigIntegerField(null=True)),
                        ('seen', models.IntegerField(null=True)),
                        ('values', models.JSONField(default=dict)),
                        ('before', models.JSONField(default=dict)),
                        ('shown', models.JSONField(default=dict)),
                        ('faults', models.JSONField(default=list)),
                        ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.upload')),
                    ],
                    options={
                        'ordering': ('number',),
                        'indexes': [models.Index(fields=['upload', 'outcome', 'number'], name='upload_row_outcome')],
                        'constraints': [models.UniqueConstraint(fields=('upload', 'number'), name='upload_row_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='match',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_matchevent" ("agency_id", "field", "heading", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."agency_id", new_values."field", new_values."heading", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b67c4e658f6cc2fd084c8d69e6708c427b313bbd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7bd7a', referencing='REFERENCING NEW TABLE AS new_values ', table='imports_match', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='match',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_matchevent" ("agency_id", "field", "heading", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."agency_id", new_values."field", new_values."heading", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f7fe3d64babe2d69a6b92c57554fb56e64adae00', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3a6d5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='imports_match', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='match',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_matchevent" ("agency_id", "field", "heading", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."agency_id", old_values."field", old_values."heading", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6a2a62225a4f9405a848d8809dc1896a3cd89850', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0d2f6', referencing='REFERENCING OLD TABLE AS old_values ', table='imports_match', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='matchevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b86b226e25fdbe25c0177ad09d210a649ca606f2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_43581', table='imports_matchevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='upload',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_uploadevent" ("agency_id", "answers", "at", "by_id", "confirmed_at", "counts", "file", "file_name", "id", "job_id", "kept_rows", "message", "only_good", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "sheet", "size", "source", "state", "undone_at", "undone_by_id", "undone_rows", "written_rows") SELECT new_values."agency_id", new_values."answers", new_values."at", new_values."by_id", new_values."confirmed_at", new_values."counts", new_values."file", new_values."file_name", new_values."id", new_values."job_id", new_values."kept_rows", new_values."message", new_values."only_good", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sha256", new_values."sheet", new_values."size", new_values."source", new_values."state", new_values."undone_at", new_values."undone_by_id", new_values."undone_rows", new_values."written_rows" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c888645d0ac20b7baad22e3db6a2808c52e0c17b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2beeb', referencing='REFERENCING NEW TABLE AS new_values ', table='imports_upload', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='upload',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_uploadevent" ("agency_id", "answers", "at", "by_id", "confirmed_at", "counts", "file", "file_name", "id", "job_id", "kept_rows", "message", "only_good", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "sheet", "size", "source", "state", "undone_at", "undone_by_id", "undone_rows", "written_rows") SELECT new_values."agency_id", new_values."answers", new_values."at", new_values."by_id", new_values."confirmed_at", new_values."counts", new_values."file", new_values."file_name", new_values."id", new_values."job_id", new_values."kept_rows", new_values."message", new_values."only_good", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sha256", new_values."sheet", new_values."size", new_values."source", new_values."state", new_values."undone_at", new_values."undone_by_id", new_values."undone_rows", new_values."written_rows" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."agency_id" IS DISTINCT FROM (new_values."agency_id") OR old_values."answers" IS DISTINCT FROM (new_values."answers") OR old_values."at" IS DISTINCT FROM (new_values."at") OR old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."confirmed_at" IS DISTINCT FROM (new_values."confirmed_at") OR old_values."counts" IS DISTINCT FROM (new_values."counts") OR old_values."file" IS DISTINCT FROM (new_values."file") OR old_values."file_name" IS DISTINCT FROM (new_values."file_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."job_id" IS DISTINCT FROM (new_values."job_id") OR old_values."kept_rows" IS DISTINCT FROM (new_values."kept_rows") OR old_values."message" IS DISTINCT FROM (new_values."message") OR old_values."only_good" IS DISTINCT FROM (new_values."only_good") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."sheet" IS DISTINCT FROM (new_values."sheet") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."undone_at" IS DISTINCT FROM (new_values."undone_at") OR old_values."undone_by_id" IS DISTINCT FROM (new_values."undone_by_id") OR old_values."undone_rows" IS DISTINCT FROM (new_values."undone_rows") OR old_values."written_rows" IS DISTINCT FROM (new_values."written_rows")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b461dbf3a3b0ab3ae06f4d9f758c8c53c41845e7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1e907', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='imports_upload', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='upload',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_uploadevent" ("agency_id", "answers", "at", "by_id", "confirmed_at", "counts", "file", "file_name", "id", "job_id", "kept_rows", "message", "only_good", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "sheet", "size", "source", "state", "undone_at", "undone_by_id", "undone_rows", "written_rows") SELECT old_values."agency_id", old_values."answers", old_values."at", old_values."by_id", old_values."confirmed_at", old_values."counts", old_values."file", old_values."file_name", old_values."id", old_values."job_id", old_values."kept_rows", old_values."message", old_values."only_good", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sha256", old_values."sheet", old_values."size", old_values."source", old_values."state", old_values."undone_at", old_values."undone_by_id", old_values."undone_rows", old_values."written_rows" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e02964d6e10c0f43bf07f019807dfcb8e1ce35b8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d0673', referencing='REFERENCING OLD TABLE AS old_values ', table='imports_upload', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='uploadevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9a7281cc46c74c64ccd0f82940f11b7f1cc9ed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_03342', table='imports_uploadevent', when='BEFORE')),
                ),
            ],
        ),
    ]
