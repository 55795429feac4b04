import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, ChoiceField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { addObjective, endObjective, listObjectives, type ObjectiveShown } from '../../plan/plan.contract.ts'
import { planText } from './plan-text.ts'

/** The objectives of a year, each below the one it serves, with how many KPIs serve it. */
export default function Objectives() {
  const t = useText(planText)
  const pick = usePick()
  const { data, error, refetch } = useContract(listObjectives, { query: {} })
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<ObjectiveShown | null>(null)
  const depth = (one: ObjectiveShown): number => (one.parentId === null ? 0 : 1 + depth(data?.objectives.find((other) => other.id === one.parentId) ?? { ...one, parentId: null }))
  return (
    <Page>
      <PageHeader title={t('objectives')} sub={data && `${t('year')} ${data.year}`} actions={data?.mayKeep.allowed && <ActionButton type="primary" may={data.mayKeep} refusals={addObjective.refusals} onClick={() => setAdding(true)}>{t('addObjective')}</ActionButton>} />
      <Block title={t('objectives')} loading={!data && !error} error={error} onRetry={() => void refetch()} flush={(data?.objectives.length ?? 0) > 0}>
        {data && (data.objectives.length === 0 ? <EmptyState title={t('noObjective')} /> : (
          <PlainTable
            label={t('objectives')} stack="short" columns={[{ key: 'code', title: t('code') }, { key: 'title', title: t('title') }, { key: 'unit', title: t('unit') }, { key: 'owner', title: t('owner') }, { key: 'kpis', title: t('kpis'), right: true }, { key: 'act', title: '' }]}
            rows={data.objectives.map((one) => ({ key: one.id, cells: [
              one.code, <span key="t" style={{ paddingInlineStart: depth(one) * 20 }}>{pick({ zh: one.title, en: one.titleEn })}</span>, one.unitName, one.owner, one.kpis === 0 && one.endedOn === null ? <Tag key="k" tone="warning">{t('nobodyServes')}</Tag> : one.kpis,
              one.endedOn !== null ? <Tag key="e">{t('ended')}</Tag> : data.mayKeep.allowed && one.kpis === 0 ? <ActionButton key="a" size="small" may={data.mayKeep} refusals={endObjective.refusals} onClick={() => setEnding(one)}>{t('endObjective')}</ActionButton> : '',
            ] }))}
          />
        ))}
      </Block>
      {adding && data && <AddForm year={data.year} units={data.units} objectives={data.objectives} onClose={() => setAdding(false)} />}
      {ending && <EndForm objective={ending} onClose={() => setEnding(null)} />}
    </Page>
  )
}

function AddForm({ year, units, objectives, onClose }: { year: number; units: readonly { key: number; name: string }[]; objectives: readonly ObjectiveShown[]; onClose: () => void }) {
  const t = useText(planText)
  const pick = usePick()
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(addObjective, { refresh: ['objectives'] })
  const form = useForm({
    initial: { code: '', parent: null as string | null, unit: units[0] ? String(units[0].key) : (null as string | null), title: '', titleEn: '', owner: '' },
    check: (entry) => ({ ...(/^[A-Z0-9][A-Z0-9.-]{0,19}$/.test(entry.code) ? {} : { code: t('required') }), ...(entry.unit === null ? { unit: t('required') } : {}), ...(entry.title.trim().length < 2 ? { title: t('required') } : {}), ...(entry.titleEn.trim().length < 2 ? { titleEn: t('required') } : {}), ...(entry.owner.trim().length < 2 ? { owner: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, code: entry.code, year, parentId: entry.parent, unitKey: Number(entry.unit), title: entry.title, titleEn: entry.titleEn, owner: entry.owner } }),
  })
  return (
    <FormDrawer title={t('addObjective')} open onClose={onClose} form={form} submit={t('addObjective')} onDone={() => toast(t('done'))}>
      <TextField form={form} name="code" label={t('code')} required max={20} placeholder="S1.1" />
      <ChoiceField form={form} name="parent" label={t('above')} options={objectives.filter((one) => one.endedOn === null).map((one) => ({ value: one.id, label: `${one.code} ${pick({ zh: one.title, en: one.titleEn })}` }))} />
      <ChoiceField form={form} name="unit" label={t('unit')} required options={units.map((one) => ({ value: String(one.key), label: one.name }))} />
      <TextField form={form} name="title" label={t('title')} required max={80} />
      <TextField form={form} name="titleEn" label={t('titleEn')} required max={120} />
      <TextField form={form} name="owner" label={t('owner')} required max={40} />
    </FormDrawer>
  )
}
function EndForm({ objective, onClose }: { objective: ObjectiveShown; onClose: () => void }) {
  const t = useText(planText)
  const send = useAct(endObjective, { refresh: ['objectives'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 4 ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ params: { objectiveId: objective.id }, body: { reason } }) })
  return <FormDrawer title={t('endObjective')} open onClose={onClose} form={form} submit={t('endObjective')}><AreaField form={form} name="reason" label={t('reason')} required max={200} /></FormDrawer>
}
