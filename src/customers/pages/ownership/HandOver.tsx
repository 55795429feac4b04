import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { addDays } from '../../../foundation/values/business-date.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { call, useAct, useContract } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DateText, Moment } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { CheckField, ChoiceField, DayField, TextField } from '../../../ui/fields.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { ProcessSteps, type ProcessStep } from '../../../ui/ProcessSteps.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { aside, mark, usePick, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { useListState } from '../../../ui/useListState.ts'
import { changeHandOverList, closeHandOver, finishHandOverList, getHandOver, listHandOverItems, moveHandOverDay, sampleHandOver, signHandOver, withdrawHandOver, type HandOverItemView, type HandOverView } from '../../ownership/hand-over.contract.ts'
import { handOverStates } from '../../ownership/hand-over.rules.ts'
import { useManagers } from './HandOvers.tsx'
import { LoadTag } from './Loads.tsx'
import { ownershipText } from './ownership-text.ts'
import { StateTag } from './StateTag.tsx'

type Form = { kind: 'sign' | 'day' | 'withdraw' | 'close' } | { kind: 'give' | 'add' | 'sample'; customers: readonly string[] }

/** One hand-over: where it stands, who signs, what is on the list. The bar with one's own act stays in reach. */
export default function HandOver() {
  const t = useText(ownershipText)
  const pick = usePick()
  const toast = useToast()
  const confirm = useConfirm()
  const { handOverId = '' } = useParams()
  const { data, error, refetch } = useContract(getHandOver, { params: { handOverId } })
  const [form, setForm] = useState<Form | null>(null)
  const finish = useAct(finishHandOverList, { refresh: ['hand-over'], onDone: () => toast(t('listSubmitted')) })
  if (isNotFound(error)) return <NotFound />
  if (!data) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />}</Page>
  const close = (): void => setForm(null)
  const submit = async (): Promise<void> => {
    if (await confirm({ title: `${t('submitList')}${mark('：')}${t('customersCount', { n: data.customers })}`, effect: t('submitEffect'), verb: t('submitList') })) finish.mutate({ params: { handOverId }, body: { listVersion: data.listVersion } })
  }
  const running = !['EFFECTIVE', 'FOLLOW_UP', 'CLOSED', 'WITHDRAWN'].includes(data.state)
  const toList = data.state === 'OPENED' && data.may['change']?.allowed
  // whoever has signed has nothing to do here: the table of signatures says so
  const signed = data.state !== 'OPENED' && data.may['sign']?.reason === 'signed-already'
  return (
    <Page>
      <PageHeader
        title={`${t('oneHandOver')} ${data.number}`} crumbs={[{ title: t('handOvers'), to: '/hand-overs' }]} tags={<StateTag state={data.state} emergency={data.kind === 'EMERGENCY'} />}
        sub={<span>{t(data.cause)} · {data.leaver.name} → {data.receivers.map((one) => one.name).join(mark('、')) || data.supervisor.name} · {t('customersCount', { n: data.customers })} · {t('effectiveOn')} <DateText date={data.effectiveOn} /></span>}
        actions={
          <>
            {data.may['moveDay']?.allowed && <Button onClick={() => setForm({ kind: 'day' })}>{t('moveDay')}</Button>}
            {data.may['withdraw']?.allowed && <Button danger onClick={() => setForm({ kind: 'withdraw' })}>{t('withdraw')}</Button>}
            {data.state === 'FOLLOW_UP' && <ActionButton type="primary" may={data.may['close']} refusals={closeHandOver.refusals} onClick={() => setForm({ kind: 'close' })}>{t('close')}</ActionButton>}
          </>
        }
      />
      {finish.error && <ErrorState error={finish.error} onRetry={() => finish.reset()} />}
      {data.state !== 'WITHDRAWN' && <ProcessSteps label={t('process')} steps={stepsOf(data, t)} />}
      {data.endReason !== null && <Note tone="info">{t('reason')}{mark('：')}{data.endReason}</Note>}
      <div className="yq-grid" data-columns="2">
        <Block title={t('signatures')} flush>
          <PlainTable
            label={t('signatures')} columns={[{ key: 'side', title: t('side') }, { key: 'person', title: t('person') }, { key: 'customers', title: t('customers'), right: true }, { key: 'at', title: t('signature') }]}
            rows={data.signatures.map((one) => ({ key: String(one.staffKey), cells: [
              t(one.side), `${one.name} ${one.staffNo}`, String(one.customers),
              one.signedAt === null ? <span className="yq-quiet">{one.formerVersions > 0 ? t('signedOld') : t('notSigned')}</span> : <Moment at={one.signedAt} />,
            ] }))}
          />
        </Block>
        <Block title={t('about')}>
          <Facts facts={[
            { label: t('list'), value: t('listVersion', { n: data.listVersion }) }, { label: t('mustSample'), value: `${data.counts.sampled} / ${data.counts.mustSample}` },
            { label: t('supervisor'), value: aside(data.supervisor.name, data.supervisorNamedBy === null ? t('directSuperior') : t('namedBy', { name: data.supervisorNamedBy })) },
            { label: t('openedOn'), value: <>{data.openedBy} <DateText date={data.openedOn} form="data" /></> }, { label: t('reason'), value: data.reason },
            ...(data.visitsUntil === null || data.counts.visits === 0 ? [] : [{ label: t('visits'), value: `${t('visitsOf', { done: data.counts.visited, all: data.counts.visits })} · ${t('visitsUntil', { day: data.visitsUntil })}` }]),
            ...(data.counts.gone > 0 ? [{ label: t('GONE'), value: String(data.counts.gone) }] : []),
            ...data.package.filter((one) => one.count > 0).map((one) => ({ label: pick(one.title), value: String(one.count) })),
            ...data.loads.map((one) => ({ label: t('loadOf', { name: one.name }), value: <LoadTag load={one} /> })),
          ]} />
          {data.state === 'FOLLOW_UP' && <p className="yq-quiet yq-small">{t('visitsHint')}</p>}
          {running && data.package.some((one) => one.count > 0) && <p className="yq-quiet yq-small">{t('packageHint')}</p>}
        </Block>
      </div>
      <Items handOver={data} onChange={setForm} />
      {running && !signed && (data.mySide !== null || toList) && (
        <div className="yq-bar" role="group" aria-label={t('sign')}>
          {data.state === 'OPENED'
            ? <ActionButton type="primary" loading={finish.isPending} may={data.may['list']} refusals={finishHandOverList.refusals} visible onClick={() => void submit()}>{t('submitList')}</ActionButton>
            : data.mySide !== null && <ActionButton type="primary" may={data.may['sign']} refusals={signHandOver.refusals} visible onClick={() => setForm({ kind: 'sign' })}>{t('signAs', { side: t(data.mySide) })}</ActionButton>}
          {data.state === 'OPENED' && toList && <Button onClick={() => setForm({ kind: 'add', customers: [] })}>{t('addCustomers')}</Button>}
        </div>
      )}
      {form?.kind === 'sign' && <Sign handOver={data} onClose={close} />}
      {form?.kind === 'day' && <MoveDay handOver={data} onClose={close} />}
      {form?.kind === 'withdraw' && <Withdraw handOver={data} onClose={close} />}
      {form?.kind === 'close' && <Close handOver={data} onClose={close} />}
      {(form?.kind === 'give' || form?.kind === 'add') && <Give handOver={data} customers={form.customers} add={form.kind === 'add'} onClose={close} />}
      {form?.kind === 'sample' && <Sample handOver={data} customers={form.customers} onClose={close} />}
    </Page>
  )
}

const stepNames = { OPENED: 'stepOpened', LISTED: 'stepListed', SAMPLED: 'stepSampled', SIGNED_BY_LEAVER: 'stepLeaver', SIGNED_BY_RECEIVER: 'stepReceiver', SIGNED_BY_SUPERVISOR: 'stepSupervisor', EFFECTIVE: 'stepEffective', FOLLOW_UP: 'stepFollowUp', CLOSED: 'stepClosed' } as const

/** A step is done when its state was reached; the next one is lit, late when its day has passed. */
function stepsOf(data: HandOverView, t: ReturnType<typeof useText<typeof ownershipText>>): ProcessStep[] {
  const reached = handOverStates.indexOf(data.state as (typeof handOverStates)[number])
  return handOverStates.map((state, place): ProcessStep => {
    const skipped = state === 'FOLLOW_UP' && data.state === 'CLOSED' && data.counts.visits === 0
    return {
      key: state, name: t(stepNames[state]), state: place <= reached && !skipped ? (state === 'FOLLOW_UP' && data.state === 'FOLLOW_UP' ? 'now' : 'done') : place === reached + 1 && data.state !== 'FOLLOW_UP' ? 'now' : skipped ? 'done' : 'future',
      ...(state === 'EFFECTIVE' ? { note: <DateText date={data.effectedOn ?? data.effectiveOn} /> } : state === 'SAMPLED' && data.counts.mustSample > 0 ? { note: `${data.counts.sampled} / ${data.counts.mustSample}` }
        : state === 'FOLLOW_UP' && data.visitsUntil !== null && data.counts.visits > 0 ? { note: `${data.counts.visited} / ${data.counts.visits}` } : {}),
    }
  })
}

function Items({ handOver, onChange }: { handOver: HandOverView; onChange: (form: Form) => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const list = useListState(['show'])
  const { cursor, show } = list.query
  const source = useContract(listHandOverItems, { params: { handOverId: handOver.id }, query: { limit: 50, ...(show === undefined ? {} : { show: show as 'SAMPLE' }), ...(cursor === undefined ? {} : { cursor }) } })
  const change = useAct(changeHandOverList, { refresh: ['hand-over'], onDone: ({ listVersion }) => toast(t('changed', { n: listVersion })) })
  // everything that the filter finds, page by page
  const all = async (): Promise<string[]> => {
    const found: string[] = []
    for (let at: string | null | undefined; at !== null; ) {
      const page = await call(listHandOverItems, { params: { handOverId: handOver.id }, query: { limit: 200, ...(show === undefined ? {} : { show: show as 'SAMPLE' }), ...(at === undefined ? {} : { cursor: at }) } })
      found.push(...page.items.map((item) => item.customerId))
      at = page.nextCursor
    }
    return found
  }
  const chosen = (act: (customers: readonly string[]) => void) => (customers: readonly string[] | null): void => {
    if (customers === null) void all().then(act)
    else act(customers)
  }
  const batch = [
    ...(handOver.may['sample']?.allowed ? [{ label: t('sampled'), run: chosen((customers) => onChange({ kind: 'sample', customers })) }] : []),
    ...(handOver.may['change']?.allowed ? [
      { label: t('give'), run: chosen((customers) => onChange({ kind: 'give', customers })) },
      { label: t('remove'), danger: true, run: chosen((customers) => change.mutate({ params: { handOverId: handOver.id }, body: { listVersion: handOver.listVersion, change: 'REMOVE', customers: [...customers] } })) },
    ] : []),
  ]
  const after = ['EFFECTIVE', 'FOLLOW_UP', 'CLOSED'].includes(handOver.state)
  return (
    <>
      {change.error && <ErrorState error={change.error} onRetry={() => change.reset()} />}
      <DataTable<HandOverItemView>
        label={t('list')} list={list} source={source} rowKey={(row) => row.customerId} measure="位" measureEn="{n|customer|customers}" batch={batch}
        bar={<FilterBar list={list} views={[{ label: t('viewToSample'), filters: { show: 'TO_SAMPLE' } }, { label: t('viewSample'), filters: { show: 'SAMPLE' } }, { label: t('viewRemoved'), filters: { show: 'REMOVED' } }]} />}
        empty={<EmptyState title={t('emptyList')} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => (row.opens ? <Link className="yq-name" to={`/customers/${row.customerId}`}>{row.name}</Link> : <span className="yq-name">{row.name}</span>) },
          { key: 'tier', title: t('tier'), card: 'tag', show: (row) => (row.tier === 'T1' ? <Tag tone="tier" icon="★">{t('T1')}</Tag> : <Tag>{t(row.tier as 'T2')}</Tag>) },
          { key: 'receiver', title: t('receiver'), show: (row) => row.receiver.name },
          { key: 'check', title: t('mustSample'), show: (row) => <Check row={row} after={after} /> },
          { key: 'adb', title: t('monthAdb'), kind: 'amount', value: (row) => row.monthAdbFen },
          { key: 'loan', title: t('loan'), kind: 'amount', value: (row) => row.loanFen },
          { key: 'share', title: t('share'), right: true, show: (row) => `${row.sharePct}% ${t(row.main ? 'main' : 'assist')}` },
          { key: 'last', title: t('lastContact'), show: (row) => (row.lastContactOn === null ? '--' : <DateText date={row.lastContactOn} />), card: 'none' },
          { key: 'along', title: t('along'), right: true, show: (row) => String(row.along), card: 'none' },
        ]}
      />
    </>
  )
}

function Check({ row, after }: { row: HandOverItemView; after: boolean }) {
  const t = useText(ownershipText)
  if (row.state === 'GONE' || row.state === 'REMOVED') return <Tag>{t(row.state)}</Tag>
  if (!row.mustSample) return <>--</>
  if (after) return row.visitedOn === null ? <Tag tone="warning" icon="■">{t('toVisit')}</Tag> : <span>{t('visited', { day: row.visitedOn })}</span>
  return row.sampledOn === null ? <Tag tone="warning" icon="■">{t('viewToSample')}</Tag> : <span title={row.sampleNote ?? undefined}>✓ <DateText date={row.sampledOn} /></span>
}

type Dialog = { handOver: HandOverView; onClose: () => void }

function Sign({ handOver, onClose }: Dialog) {
  const t = useText(ownershipText)
  const toast = useToast()
  const sign = useAct(signHandOver, { refresh: ['hand-over'], onDone: () => toast(t('signed')) })
  const leaver = handOver.mySide === 'LEAVER'
  const form = useForm({
    initial: { declared: false, password: '' },
    check: (value) => ({ password: value.password === '' ? t('needed') : undefined, declared: leaver && !value.declared ? t('needed') : undefined }),
    send: (value) => sign.mutateAsync({ params: { handOverId: handOver.id }, body: { listVersion: handOver.listVersion, password: value.password, declared: value.declared } }),
  })
  return (
    <FormDrawer title={t('signTitle', { n: handOver.listVersion })} open onClose={onClose} form={form} submit={t('sign')}>
      <Note tone="info">{t('signText', { n: handOver.customers, leaver: handOver.leaver.name, day: handOver.effectiveOn })}</Note>
      {leaver && <CheckField form={form} name="declared" label={t('declare')} />}
      <TextField form={form} name="password" label={t('password')} required secret autoComplete="current-password" hint={t('passwordHint')} max={200} />
    </FormDrawer>
  )
}

function Give({ handOver, customers, add, onClose }: Dialog & { customers: readonly string[]; add: boolean }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const managers = useManagers()
  const change = useAct(changeHandOverList, { refresh: ['hand-over'], onDone: ({ listVersion }) => toast(t('changed', { n: listVersion })) })
  const form = useForm({
    initial: { receivers: add ? handOver.receivers.map((one) => String(one.staffKey)) : ([] as string[]) },
    check: (value) => ({ receivers: value.receivers.length > 0 ? undefined : t('needed') }),
    send: (value) => change.mutateAsync({ params: { handOverId: handOver.id }, body: { listVersion: handOver.listVersion, change: add ? 'ADD' : 'GIVE', customers: add ? 'ALL' : [...customers], receivers: value.receivers.map(Number) } }),
  })
  const known = handOver.receivers.map((one) => ({ value: String(one.staffKey), label: one.name }))
  const others = managers.filter((one) => ![handOver.leaver.staffKey, handOver.supervisor.staffKey].map(String).includes(one.value) && !known.some((two) => two.value === one.value))
  return (
    <FormDrawer title={add ? t('addCustomers') : t('giveTitle', { n: customers.length })} open onClose={onClose} form={form} submit={add ? t('addCustomers') : t('give')}>
      <ChoiceField form={form} name="receivers" label={t('receivers')} required many options={[...known, ...others]} />
    </FormDrawer>
  )
}

function Sample({ handOver, customers, onClose }: Dialog & { customers: readonly string[] }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const sample = useAct(sampleHandOver, { refresh: ['hand-over'], onDone: ({ left }) => toast(left > 0 ? t('sampleLeft', { n: left }) : t('samplesDone')) })
  const form = useForm({
    initial: { note: '' }, check: () => ({}),
    send: ({ note }) => sample.mutateAsync({ params: { handOverId: handOver.id }, body: { customers: [...customers], note: note.trim() === '' ? null : note } }),
  })
  return (
    <FormDrawer title={t('sampleTitle', { n: customers.length })} open onClose={onClose} form={form} submit={t('sampled')}>
      <TextField form={form} name="note" label={t('sampleNote')} max={200} />
    </FormDrawer>
  )
}

function MoveDay({ handOver, onClose }: Dialog) {
  const t = useText(ownershipText)
  const { today } = useBank()
  const move = useAct(moveHandOverDay, { refresh: ['hand-over'] })
  const form = useForm({
    initial: { effectiveOn: handOver.effectiveOn as string | null, reason: '' },
    check: (value) => ({ effectiveOn: value.effectiveOn ? undefined : t('needed'), reason: value.reason.trim() ? undefined : t('needed') }),
    send: (value) => move.mutateAsync({ params: { handOverId: handOver.id }, body: { effectiveOn: value.effectiveOn ?? today, reason: value.reason } }),
  })
  return (
    <FormDrawer title={t('moveDay')} open onClose={onClose} form={form} submit={t('moveDay')}>
      <Note tone="warning">{t('moveDayHint')}</Note>
      <DayField form={form} name="effectiveOn" label={t('effectiveOn')} required from={addDays(today, 1)} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function Withdraw({ handOver, onClose }: Dialog) {
  const t = useText(ownershipText)
  const withdraw = useAct(withdrawHandOver, { refresh: ['hand-over'] })
  const form = useForm({
    initial: { reason: '' }, check: (value) => ({ reason: value.reason.trim() ? undefined : t('needed') }),
    send: ({ reason }) => withdraw.mutateAsync({ params: { handOverId: handOver.id }, body: { reason } }),
  })
  return (
    <FormDrawer title={t('withdrawTitle', { number: handOver.number })} open onClose={onClose} form={form} submit={t('withdraw')}>
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function Close({ handOver, onClose }: Dialog) {
  const t = useText(ownershipText)
  const end = useAct(closeHandOver, { refresh: ['hand-over'] })
  const form = useForm({
    initial: { reason: '' }, check: (value) => ({ reason: value.reason.trim() ? undefined : t('needed') }),
    send: ({ reason }) => end.mutateAsync({ params: { handOverId: handOver.id }, body: { reason } }),
  })
  return (
    <FormDrawer title={t('close')} open onClose={onClose} form={form} submit={t('close')}>
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
