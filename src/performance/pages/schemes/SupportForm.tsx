import { Input, Select } from 'antd'
import type { ReactNode } from 'react'
import type { ReplyOf } from '../../../foundation/http/contract.ts'
import { Block } from '../../../ui/Block.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import type { openSchemeDesk } from '../../schemes/scheme-change.contract.ts'
import { TypedGrid, type GridRow } from '../TypedGrid.tsx'
import { markNames, type SupportDraft } from './support-draft.ts'
import { supportText } from './support-text.ts'

type Desk = ReplyOf<typeof openSchemeDesk>
type Props = { draft: SupportDraft; desk: Desk; onChange: (draft: SupportDraft) => void }

/** What a scheme of the support departments fixes, in the order of its steps: pool, departments, score, people, risk control. */
export function SupportForm({ draft, desk, onChange }: Props) {
  const t = useText(supportText)
  const pick = usePick()
  const put = (patch: Partial<SupportDraft>): void => onChange({ ...draft, ...patch })
  const named = (all: Desk['units']) => all.map((one) => ({ value: one.code, label: `${pick({ zh: one.name, en: one.nameEn })} ${one.code}` }))
  const units = named(desk.units)
  // only what the bank has: a pool comes from closed months of a scheme in being, never from another pool
  const fronts = named(desk.copies.filter(({ key, version }) => !key.startsWith('house') && version.kind !== 'SUPPORT'))
  const many = (key: 'served' | 'schemes' | 'controlDepartments', options: { value: string; label: string }[], placeholder: string) => (
    <Field label={t(key)}><Select aria-label={t(key)} mode="multiple" style={{ minWidth: 220 }} value={draft[key]} options={options} optionFilterProp="label" placeholder={placeholder} onChange={(value: string[]) => put({ [key]: value })} /></Field>
  )
  const percent = (key: 'poolPercent' | 'amberPercent') => <Field label={t(key)}><Input aria-label={t(key)} value={draft[key]} maxLength={6} inputMode="decimal" onChange={(event) => put({ [key]: event.target.value })} /></Field>
  const table = (key: 'gradeFactors' | 'controlBases', value: 'factor' | 'base') => (
    <TypedGrid label={t(key)} columns={[{ key: 'grade', title: t('grade'), text: true }, { key: value, title: t(value) }]} rows={draft[key]} onChange={(rows) => put({ [key]: rows })} add={t('addRow')} />
  )
  return (
    <>
      <Step title={t('pool')} hint={t('poolHint')}><div style={grid}>{many('served', units, t('wholeBank'))}{many('schemes', fronts, '')}{percent('poolPercent')}</div></Step>
      <Step title={t('departments')} hint={t('departmentsHint')}>
        <TypedGrid label={t('department')} columns={[{ key: 'code', title: t('department'), options: units }, { key: 'staffWeight', title: t('staffWeight') }]} rows={draft.departments} onChange={(departments) => put({ departments })} add={t('addRow')} />
      </Step>
      <Step title={t('scoring')} hint={t('scoringHint')}>
        <TypedGrid label={t('weights')} columns={[{ key: 'name', title: t('item'), fixed: true }, { key: 'value', title: t('weight') }]} rows={markNames.map((key): GridRow => ({ key, name: t(key), value: draft.weights[key] }))}
          onChange={(rows) => put({ weights: { ...draft.weights, ...Object.fromEntries(rows.map((row) => [row['key'] ?? '', row['value'] ?? ''])) } })} />
        <TypedGrid label={t('limits')} columns={[{ key: 'name', title: t('limits'), fixed: true }, { key: 'value', title: t('score') }]} rows={(['leastScore', 'heldScore'] as const).map((key): GridRow => ({ key, name: t(key), value: draft[key] }))}
          onChange={(rows) => put(Object.fromEntries(rows.map((row) => [row['key'] ?? '', row['value'] ?? ''])))} />
      </Step>
      <Step title={t('sharing')} hint={t('sharingHint')}>{table('gradeFactors', 'factor')}<div style={grid}>{percent('amberPercent')}</div></Step>
      <Step title={t('control')} hint={t('controlHint')}><div style={grid}>{many('controlDepartments', units, t('noControl'))}</div>{table('controlBases', 'base')}</Step>
    </>
  )
}

const grid = { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))', gap: 12 }

function Field({ label, children }: { label: string; children: ReactNode }) {
  return <label className="yq-stack" style={{ gap: 4, minWidth: 200 }}><span>{label}</span>{children}</label>
}

function Step({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return <Block title={title}><div className="yq-stack"><p className="yq-quiet yq-small">{hint}</p>{children}</div></Block>
}
