import { Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, DayField, DecimalField, RadioField, TextField, ChoiceField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { usePhone } from '../../../ui/settings.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { aside, usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { giveAuthorisation, listAppraisalPlans, listObjectives } from '../../plan/plan.contract.ts'
import { figure, PlanState } from './plan-parts.tsx'
import { listIndicators } from '../../indicator.contract.ts'
import { planText } from './plan-text.ts'

/** The cascade of a year: each plan below the one it belongs to, its targets and what the plans below it ask together. */
export default function Plans() {
  const t = useText(planText)
  const pick = usePick()
  const go = useNavigate()
  const phone = usePhone()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('year')
  const { data, error, refetch } = useContract(listAppraisalPlans, { query: asked === null ? {} : { year: asked } })
  const [authorising, setAuthorising] = useState(false)
  return (
    <Page>
      <PageHeader
        title={t('plans')} sub={data && `${t('year')} ${data.year}`}
        actions={data && <>
          {data.mayMake.allowed && <ActionButton type="primary" may={data.mayMake} refusals={listAppraisalPlans.refusals} onClick={() => void go('/appraisal-plans/new')}>{t('make')}</ActionButton>}
          {data.mayAuthorise.allowed && <ActionButton may={data.mayAuthorise} refusals={giveAuthorisation.refusals} onClick={() => setAuthorising(true)}>{t('authorise')}</ActionButton>}
          <Select aria-label={t('year')} value={data.year} options={data.years.map((value) => ({ value, label: String(value) }))} onChange={(value: number) => setSearch({ year: String(value) })} />
        </>}
      />
      {data && data.objectivesWithoutKpi > 0 && <Note tone="warning"><Link to="/objectives">{t('withoutKpi', { n: data.objectivesWithoutKpi })}</Link></Note>}
      {data?.more && <Note>{t('more')}</Note>}
      <Block title={t('plans')} loading={!data && !error} error={error} onRetry={() => void refetch()} flush={(data?.plans.length ?? 0) > 0}>
        {data && (data.plans.length === 0 ? <EmptyState title={t('empty')} hint={t('emptyHint')} /> : (
          <PlainTable
            label={t('plans')} stack="short" columns={[{ key: 'whose', title: t('whose') }, { key: 'state', title: phone ? '' : t('state') }, ...(phone ? [{ key: 'targets', title: '' }] : [{ key: 'kpi', title: t('kpi') }, { key: 'target', title: aside(t('target'), t('inYuan')), right: true }, { key: 'below', title: aside(t('below'), t('inYuan')), right: true }]), { key: 'holder', title: t('holder') }]}
            rows={data.plans.map((plan) => ({ key: plan.id, cells: [
              <span key="w" style={{ paddingInlineStart: plan.depth * (phone ? 8 : 20) }}><Link className="yq-name" to={`/appraisal-plans/${plan.id}`}>{plan.person?.name ?? plan.unitName}</Link>{plan.person && <span className="yq-quiet yq-small"> {plan.person.staffNo}</span>}{plan.waitsForMe && <> <Tag tone="warning">{t('waits')}</Tag></>}</span>,
              <PlanState key="s" state={plan.state} />,
              ...(phone ? [<>{plan.targets.slice(0, 3).map((one) => <span key={one.indicator} style={{ display: 'block' }}>{pick(one.name)} {figure(one.target, one.unit)}{one.unit === 'FEN' && <span className="yq-unit"> {t('wan')}</span>}{one.sumBelow !== null && <span className="yq-quiet"> · {t('below')} {figure(one.sumBelow, one.unit)}</span>}</span>)}</>] : [
                <>{plan.targets.slice(0, 3).map((one) => <div key={one.indicator} className="yq-small">{pick(one.name)}</div>)}</>, <>{plan.targets.slice(0, 3).map((one) => <div key={one.indicator} className="yq-num yq-small">{figure(one.target, one.unit)}</div>)}</>,
                <>{plan.targets.slice(0, 3).map((one) => <div key={one.indicator} className="yq-num yq-small">{figure(one.sumBelow, one.unit)}</div>)}</>,
              ]), plan.holderName,
            ] }))}
          />
        ))}
      </Block>
      {data && data.authorisations.length > 0 && (
        <Block title={t('authorisations')} flush>
          <PlainTable label={t('authorisations')} stack="short" columns={[{ key: 'i', title: t('authorisedFor') }, { key: 'u', title: t('unit') }, { key: 'f', title: t('factor'), right: true }, { key: 'p', title: t('period') }, { key: 'n', title: t('number') }, { key: 'r', title: t('reason') }]}
            rows={data.authorisations.map((one) => ({ key: one.id, cells: [pick(one.name), one.unitName, one.factor ?? '--', `${one.from} – ${one.to}`, one.number, aside(one.reason, one.givenBy)] }))} />
        </Block>
      )}
      {authorising && <Authorise onClose={() => setAuthorising(false)} />}
    </Page>
  )
}

function Authorise({ onClose }: { onClose: () => void }) {
  const t = useText(planText)
  const toast = useToast()
  const [id] = useState(newId)
  const { data } = useContract(listObjectives, { query: {} })
  const pick = usePick()
  const known = useContract(listIndicators, {}).data
  const indicators = [...new Map((known?.indicators ?? []).filter(({ inForce }) => inForce).map((one) => [one.code, pick({ zh: one.name, en: one.nameEn })])).entries()].map(([value, label]) => ({ value, label }))
  const send = useAct(giveAuthorisation, { refresh: ['appraisal-plans'] })
  const form = useForm({
    initial: { unit: null as string | null, what: 'TARGET', indicator: null as string | null, scheme: '', factor: '1.05', from: null as string | null, to: null as string | null, number: '', reason: '' },
    check: (entry) => ({ ...(entry.unit === null ? { unit: t('required') } : {}), ...(/^[A-Z][A-Z0-9_]{1,30}$/.test(entry.what === 'SCHEME' ? entry.scheme : entry.indicator ?? '') ? {} : { [entry.what === 'SCHEME' ? 'scheme' : 'indicator']: t('required') }), ...(entry.from === null ? { from: t('required') } : {}), ...(entry.to === null ? { to: t('required') } : {}), ...(entry.number.trim().length < 2 ? { number: t('required') } : {}), ...(entry.reason.trim().length < 4 ? { reason: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, unitKey: Number(entry.unit), ...(entry.what === 'SCHEME' ? { indicator: null, factor: null, scheme: entry.scheme } : { indicator: entry.indicator, factor: entry.factor, scheme: null }), from: entry.from ?? '', to: entry.to ?? '', number: entry.number, reason: entry.reason } }),
  })
  return (
    <FormDrawer title={t('authorise')} open onClose={onClose} form={form} submit={t('authorise')} onDone={() => toast(t('done'))}>
      <ChoiceField form={form} name="unit" label={t('unit')} required options={(data?.units ?? []).map((one) => ({ value: String(one.key), label: one.name }))} />
      <RadioField form={form} name="what" label={t('authorisedFor')} required options={[{ value: 'TARGET', label: t('moreTargets') }, { value: 'SCHEME', label: t('ownScheme') }]} />
      {form.values.what === 'TARGET' && <ChoiceField form={form} name="indicator" label={t('kpi')} required options={indicators} />}
      {form.values.what === 'TARGET' && <DecimalField form={form} name="factor" label={t('factor')} required />}
      {form.values.what === 'SCHEME' && <TextField form={form} name="scheme" label={t('schemeCode')} required max={31} />}
      <DayField form={form} name="from" label={t('from')} required />
      <DayField form={form} name="to" label={t('to')} required />
      <TextField form={form} name="number" label={t('number')} required max={40} />
      <AreaField form={form} name="reason" label={t('reason')} required max={300} />
    </FormDrawer>
  )
}
