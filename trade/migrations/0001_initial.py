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
                    name='Turnover',
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
                        ('kind', models.CharField(choices=[('month', 'one month'), ('to_date', 'from January to the month'), ('plan', 'plan of the year')], max_length=10, verbose_name='kind of period')),
                        ('month', models.DateField(help_text='Such as 11/2019; for a plan of the year 12/2019.', verbose_name='month')),
                        ('flow', models.CharField(choices=[('export', 'exports'), ('import', 'imports')], max_length=10, verbose_name='flow')),
                        ('regime', models.CharField(blank=True, choices=[('', 'all regimes together'), ('business', 'commercial trade'), ('processing', 'processing and production for export'), ('reexport', 'temporary import for re-export'), ('reimport', 'temporary export for re-import'), ('merchanting', 'merchanting trade'), ('transit', 'transit'), ('bonded', 'bonded warehouse'), ('residents', 'trade of border residents'), ('other', 'other')], default='', max_length=20, verbose_name='customs regime')),
                        ('commodity', models.CharField(blank=True, choices=[('', 'all goods together'), ('fruit', 'fruit'), ('farm', 'farm produce'), ('anise', 'star anise'), ('jelly', 'black grass jelly'), ('rosin', 'rosin'), ('wood', 'peeled veneer and wood'), ('ore', 'ores and minerals'), ('electronics', 'electronic components'), ('machines', 'machines and equipment'), ('vehicles', 'means of transport'), ('cloth', 'cloth and materials for garments'), ('crafts', 'handicrafts'), ('other', 'other')], default='', help_text='Rows of one period add up: goods entered by group are not entered together as well.', max_length=20, verbose_name='group of goods')),
                        ('scope', models.CharField(choices=[('report', "as in the province's own report"), ('branch', "declared at the province's customs branch"), ('gates', 'all types of goods through the gates')], help_text="Only the province's own report feeds the yearly figures.", max_length=10, verbose_name='statistical scope')),
                        ('is_local', models.BooleanField(default=False, help_text='Exports of goods made in the province. All exports hold them already: rows of local goods feed only the figure of their own.', verbose_name='local goods')),
                        ('value', models.DecimalField(decimal_places=2, help_text='In USD, not in million: 1.5 million is 1 500 000.', max_digits=18, verbose_name='value in USD')),
                        ('vehicles', models.PositiveIntegerField(blank=True, help_text='Wagons at a railway gate, vehicles at others.', null=True, verbose_name='vehicles or wagons')),
                        ('note', common.text.NormalTextField(blank=True, verbose_name='note')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='agency')),
                        ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                        ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                        ('deleted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deleted by')),
                        ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.gate', verbose_name='border gate')),
                    ],
                    options={
                        'verbose_name': 'row of turnover',
                        'verbose_name_plural': 'rows of turnover',
                        'ordering': ('-month', 'pk'),
                        'abstract': False,
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='turnover_search', opclasses=['gin_trgm_ops']), models.Index(condition=models.Q(('is_demo', True)), fields=['id'], name='turnover_demo'), models.Index(condition=models.Q(('deleted_at', None)), fields=['month', 'id'], name='turnover_month'), models.Index(condition=models.Q(('deleted_at', None)), fields=['value', 'id'], name='turnover_value'), models.Index(condition=models.Q(('deleted_at', None)), fields=['gate', 'id'], name='turnover_gate'), models.Index(condition=models.Q(('deleted_at', None)), fields=['flow', 'id'], name='turnover_flow'), models.Index(condition=models.Q(('deleted_at', None), ('kind', 'to_date')), fields=['month'], name='turnover_to_date'), models.Index(condition=models.Q(('deleted_at', None), ('kind', 'month'), ('scope', 'report')), fields=['month'], include=('value', 'flow', 'is_local'), name='turnover_counted')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('deleted_at', None), models.Q(('deletion_reason', ''), _negated=True), _connector='OR'), name='turnover_deleted_for_a_reason', violation_error_message='A record is deleted for a reason: write it down.'), models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('gate', 'flow', 'scope', 'regime', 'commodity', 'is_local', 'kind', 'month'), name='turnover_once', nulls_distinct=False, violation_error_message='There is a row for these goods in this period already: change that one.'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='turnover_is_not_negative', violation_error_message='Turnover cannot be negative.'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='turnover_stands_at_its_month', violation_error_message='A month such as 11/2019.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'plan'), _negated=True), ('month__month', 12), _connector='OR'), name='turnover_is_planned_for_a_year', violation_error_message='A plan is for a whole year.'), models.CheckConstraint(condition=models.Q(('is_local', False), ('flow', 'export'), _connector='OR'), name='turnover_of_local_goods_is_exported', violation_error_message='Only exports are counted as local goods.')],
                    },
                ),
                migrations.CreateModel(
                    name='TurnoverEvent',
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
                        ('kind', models.CharField(choices=[('month', 'one month'), ('to_date', 'from January to the month'), ('plan', 'plan of the year')], max_length=10, verbose_name='kind of period')),
                        ('month', models.DateField(help_text='Such as 11/2019; for a plan of the year 12/2019.', verbose_name='month')),
                        ('flow', models.CharField(choices=[('export', 'exports'), ('import', 'imports')], max_length=10, verbose_name='flow')),
                        ('regime', models.CharField(blank=True, choices=[('', 'all regimes together'), ('business', 'commercial trade'), ('processing', 'processing and production for export'), ('reexport', 'temporary import for re-export'), ('reimport', 'temporary export for re-import'), ('merchanting', 'merchanting trade'), ('transit', 'transit'), ('bonded', 'bonded warehouse'), ('residents', 'trade of border residents'), ('other', 'other')], default='', max_length=20, verbose_name='customs regime')),
                        ('commodity', models.CharField(blank=True, choices=[('', 'all goods together'), ('fruit', 'fruit'), ('farm', 'farm produce'), ('anise', 'star anise'), ('jelly', 'black grass jelly'), ('rosin', 'rosin'), ('wood', 'peeled veneer and wood'), ('ore', 'ores and minerals'), ('electronics', 'electronic components'), ('machines', 'machines and equipment'), ('vehicles', 'means of transport'), ('cloth', 'cloth and materials for garments'), ('crafts', 'handicrafts'), ('other', 'other')], default='', help_text='Rows of one period add up: goods entered by group are not entered together as well.', max_length=20, verbose_name='group of goods')),
                        ('scope', models.CharField(choices=[('report', "as in the province's own report"), ('branch', "declared at the province's customs branch"), ('gates', 'all types of goods through the gates')], help_text="Only the province's own report feeds the yearly figures.", max_length=10, verbose_name='statistical scope')),
                        ('is_local', models.BooleanField(default=False, help_text='Exports of goods made in the province. All exports hold them already: rows of local goods feed only the figure of their own.', verbose_name='local goods')),
                        ('value', models.DecimalField(decimal_places=2, help_text='In USD, not in million: 1.5 million is 1 500 000.', max_digits=18, verbose_name='value in USD')),
                        ('vehicles', models.PositiveIntegerField(blank=True, help_text='Wagons at a railway gate, vehicles at others.', null=True, verbose_name='vehicles or wagons')),
                        ('note', common.text.NormalTextField(blank=True, verbose_name='note')),
                        ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency', verbose_name='agency')),
                        ('changed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                        ('created_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                        ('deleted_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deleted by')),
                        ('gate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reference.gate', verbose_name='border gate')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='trade.turnover')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='turnover',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "trade_turnoverevent" ("agency_id", "changed_at", "changed_by_id", "commodity", "created_at", "created_by_id", "data_class", "deleted_at", "deleted_by_id", "deletion_reason", "flow", "gate_id", "id", "import_id", "is_demo", "is_local", "kind", "month", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regime", "scope", "value", "vehicles", "version") SELECT new_values."agency_id", new_values."changed_at", new_values."changed_by_id", new_values."commodity", new_values."created_at", new_values."created_by_id", new_values."data_class", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."flow", new_values."gate_id", new_values."id", new_values."import_id", new_values."is_demo", new_values."is_local", new_values."kind", new_values."month", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."regime", new_values."scope", new_values."value", new_values."vehicles", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5413a592febd066236b847eb199fc2b72e6b3ee0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f1c5c', referencing='REFERENCING NEW TABLE AS new_values ', table='trade_turnover', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='turnover',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "trade_turnoverevent" ("agency_id", "changed_at", "changed_by_id", "commodity", "created_at", "created_by_id", "data_class", "deleted_at", "deleted_by_id", "deletion_reason", "flow", "gate_id", "id", "import_id", "is_demo", "is_local", "kind", "month", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regime", "scope", "value", "vehicles", "version") SELECT new_values."agency_id", new_values."changed_at", new_values."changed_by_id", new_values."commodity", new_values."created_at", new_values."created_by_id", new_values."data_class", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."flow", new_values."gate_id", new_values."id", new_values."import_id", new_values."is_demo", new_values."is_local", new_values."kind", new_values."month", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."regime", new_values."scope", new_values."value", new_values."vehicles", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."agency_id" IS DISTINCT FROM (new_values."agency_id") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."changed_by_id" IS DISTINCT FROM (new_values."changed_by_id") OR old_values."commodity" IS DISTINCT FROM (new_values."commodity") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."data_class" IS DISTINCT FROM (new_values."data_class") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."deletion_reason" IS DISTINCT FROM (new_values."deletion_reason") OR old_values."flow" IS DISTINCT FROM (new_values."flow") OR old_values."gate_id" IS DISTINCT FROM (new_values."gate_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."import_id" IS DISTINCT FROM (new_values."import_id") OR old_values."is_demo" IS DISTINCT FROM (new_values."is_demo") OR old_values."is_local" IS DISTINCT FROM (new_values."is_local") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."month" IS DISTINCT FROM (new_values."month") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."regime" IS DISTINCT FROM (new_values."regime") OR old_values."scope" IS DISTINCT FROM (new_values."scope") OR old_values."value" IS DISTINCT FROM (new_values."value") OR old_values."vehicles" IS DISTINCT FROM (new_values."vehicles") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8c0ccc514d9675ba7293f5502a36345e8873bc48', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a9104', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='trade_turnover', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='turnover',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "trade_turnoverevent" ("agency_id", "changed_at", "changed_by_id", "commodity", "created_at", "created_by_id", "data_class", "deleted_at", "deleted_by_id", "deletion_reason", "flow", "gate_id", "id", "import_id", "is_demo", "is_local", "kind", "month", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regime", "scope", "value", "vehicles", "version") SELECT old_values."agency_id", old_values."changed_at", old_values."changed_by_id", old_values."commodity", old_values."created_at", old_values."created_by_id", old_values."data_class", old_values."deleted_at", old_values."deleted_by_id", old_values."deletion_reason", old_values."flow", old_values."gate_id", old_values."id", old_values."import_id", old_values."is_demo", old_values."is_local", old_values."kind", old_values."month", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."regime", old_values."scope", old_values."value", old_values."vehicles", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dac1c7a21d4584ef66167beea876ad0b8901ed60', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2ed4c', referencing='REFERENCING OLD TABLE AS old_values ', table='trade_turnover', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='turnoverevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='59656f72b721474f44e7e9c5fb237c40943a5ae4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c93dc', table='trade_turnoverevent', when='BEFORE')),
                ),
            ],
        ),
    ]
