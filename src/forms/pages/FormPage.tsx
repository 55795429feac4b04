import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { download, useAct, useContract } from '../../ui/client.ts'
import { useConfirm, useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { aside, mark, usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useWho } from '../../ui/who.ts'
import { changeForm, confirmAnswer, endForm, exportAnswers, getForm, openForm, readAnswers, returnAnswer, sendBackAnswer, type AnswerLine, type Cell } from '../form.contract.ts'
import { fileIdsOf, isHandedIn } from '../form.rules.ts'
import { FilesShown } from './FilesCell.tsx'
import { formsText } from './forms-text.ts'

const yes = { allowed: true, reason: null }

export function CellValue({ cell, value }: { cell: Cell; value: string | undefined }) {
  if (value === undefined) return <>--</>
  if (cell.type === 'FILE') return <>{fileIdsOf(value).length}</>
  if (cell.type === 'AMOUNT') return <Amount fen={value} unit="yuan" />
  return cell.type === 'DATE' ? <DateText date={value} form="data" /> : <span className={cell.type === 'WHOLE' ? 'yq-num' : ''}>{value}</span>
}

/** One form for who collects it, or for who leads those who were asked: progress, the merged table, who is missing; sending out, closing, returning, exporting. */
export default function FormPage() {
  const t = useText(formsText)
  const pick = usePick()
  const toast = useToast()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const { formId = '' } = useParams()
  const { data, error, refetch } = useContract(getForm, { params: { formId } })
  const [asking, setAsking] = useState<'export' | 'withdraw' | Asked | null>(null)
  const send = useAct(openForm, { refresh: ['forms'] })
  const end = useAct(endForm, { refresh: ['forms'] })
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('forms')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('forms')} /><Skeleton /></Page>
  const own = data.addressees !== null
  const held = data.reviews.find((one) => one.decision === 'REFUSED') ?? data.reviews.find((one) => one.decision === null)
  const heldDetails: Record<string, string> = held ? { label: held.label, figure: held.figure.zh, figureEn: held.figure.en, where: held.where.zh, whereEn: held.where.en, owner: held.owner ?? t('noOwner'), ownerEn: held.owner ?? t('noOwner'), reason: held.reason ?? '' } : {}
  const open = async (): Promise<void> => {
    if (await confirm({ title: t('sendTitle', { n: data.wanted }), effect: t('sendEffect'), verb: t('send') })) toast(t('sent', { n: (await send.mutateAsync({ params: { formId } })).asked }))
  }
  const close = async (): Promise<void> => {
    if (await confirm({ title: t('closeTitle'), effect: data.counts.waiting > 0 ? t('closeWaiting', { n: data.counts.all - data.counts.submitted - data.counts.waiting, waiting: data.counts.waiting }) : t('closeEffect', { n: data.counts.all - data.counts.submitted }), verb: t('close') })) await end.mutateAsync({ params: { formId }, body: { as: 'CLOSED' } })
  }
  return (
    <Page>
      <PageHeader
        title={data.title} crumbs={[{ title: t('forms'), to: own ? '/collection-forms?tab=asked' : '/collection-forms' }]} sub={<span className="yq-num">{data.number} · {data.collector.name}{mark('（')}{data.unitName}{mark('）')}</span>} tags={<Tag tone={data.state === 'OPEN' ? 'info' : data.state === 'CLOSED' ? 'success' : 'plain'}>{t(data.state)}</Tag>}
        actions={own && (
          <>
            {data.state === 'DRAFT' && <ActionButton type="primary" may={data.may['open']} refusals={openForm.refusals} details={heldDetails} onClick={() => void open()}>{t('send')}</ActionButton>}
            {data.state === 'DRAFT' && <ActionButton may={data.may['change']} refusals={changeForm.refusals} onClick={() => void navigate(`/collection-forms/new?change=${formId}`)}>{t('build')}</ActionButton>}
            {data.state !== 'DRAFT' && <ActionButton type="primary" may={data.may['export']} refusals={exportAnswers.refusals} onClick={() => setAsking('export')}>{t('export')}</ActionButton>}
            {data.state === 'OPEN' && <ActionButton may={data.may['close']} refusals={endForm.refusals} onClick={() => void close()}>{t('close')}</ActionButton>}
            <ActionButton may={data.may['copy']} refusals={changeForm.refusals} onClick={() => void navigate(`/collection-forms/new?copy=${formId}`)}>{t('copy')}</ActionButton>
            {(data.state === 'OPEN' || data.state === 'DRAFT') && <ActionButton may={data.may['withdraw']} refusals={endForm.refusals} onClick={() => setAsking('withdraw')}>{t('withdraw')}</ActionButton>}
          </>
        )}
      />
      {send.error && <ErrorState error={send.error} onRetry={() => send.reset()} />}
      {end.error && <ErrorState error={end.error} onRetry={() => end.reset()} />}
      <Block title={t('why')}>
        <Facts facts={[
          { label: t('why'), value: data.why }, { label: t('answersFor'), value: t(data.answersFor) }, { label: t('due'), value: <Deadline date={data.dueOn} done={data.state !== 'OPEN'} /> },
          { label: t('progress'), value: data.state === 'DRAFT' ? (data.wantedCustomers === null ? t('wanted', { n: data.wanted }) : t('wantedCustomers', { n: data.wanted, customers: data.wantedCustomers })) : <span className="yq-num">{data.counts.submitted}/{data.counts.all}{data.counts.waiting > 0 && `${mark('（')}${t('waitingCount', { n: data.counts.waiting })}${mark('）')}`}</span> }, ...(data.confirms ? [{ label: t('confirmation'), value: t('confirms') }] : []), ...(data.counts.late > 0 ? [{ label: t('late'), value: <span className="yq-num">{data.counts.late}</span> }] : []),
          ...(data.customers === null ? [] : [{ label: t('customers'), value: [t(data.customers.of === 'OWN' ? 'ofOWN' : 'ofSEGMENT'), ...(data.customers.kind === null ? [] : [t(data.customers.kind)]), ...data.customers.tiers.map((tier) => t(tier as 'T1'))].join(mark('，')) }]),
          ...(data.purpose === null ? [] : [{ label: t('dataPurpose'), value: data.purpose }, { label: t('dataClass'), value: t(data.dataClass) }]),
          ...(data.endNote === null ? [] : [{ label: t('reason'), value: data.endNote }]),
          ...(data.state === 'DRAFT' ? [{ label: t('cells'), value: data.cells.map((cell) => `${cell.label}${mark('（')}${t(cell.type)}${cell.source === null ? '' : `${mark('，')}${t(cell.source)}`}${mark('）')}`).join(mark('、')) }] : []),
        ]} />
      </Block>
      {data.reviews.length > 0 && (data.state === 'DRAFT' || data.reviews.some((one) => one.decision !== null)) && (
        <Block title={t('reviews')}>
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>{data.reviews.map((one) => <li key={one.id}>{one.label} <Tag tone={one.decision === 'RELEASED' ? 'success' : one.decision === 'REFUSED' ? 'error' : 'warning'}>{t(one.decision ?? 'WAITS')}</Tag><div className="yq-small yq-quiet">{one.decision === null || one.decidedOn === null ? t('reviewWaits', { label: one.label, figure: pick(one.figure), where: pick(one.where), owner: aside(one.owner ?? t('noOwner'), one.reviewers.map(({ name }) => name).join(mark('、'))) }) : t('reviewDone', { name: one.decidedBy ?? '', day: one.decidedOn, reason: one.reason ?? '' })}</div></li>)}</ul>
        </Block>
      )}
      {data.state !== 'DRAFT' && <Merged formId={formId} about={data.answersFor === 'CUSTOMER'} cells={data.cells} own={own && data.state === 'OPEN'} open={data.state === 'OPEN'} confirms={data.confirms} onReturn={setAsking} />}
      {asking === 'export' && <WordDrawer title={t('export')} label={t('purpose')} onClose={() => setAsking(null)} send={(purpose) => download(exportAnswers, { params: { formId }, body: { purpose } })} />}
      {asking === 'withdraw' && <WordDrawer title={t('withdraw')} label={t('reason')} onClose={() => setAsking(null)} send={(note) => end.mutateAsync({ params: { formId }, body: { as: 'WITHDRAWN', note } })} />}
      {asking !== null && typeof asking === 'object' && <ReturnDrawer answer={asking.answer} by={asking.by} onClose={() => setAsking(null)} />}
    </Page>
  )
}

type Asked = { answer: AnswerLine; by: 'COLLECTOR' | 'HEAD' }
type MergedProps = { formId: string; about: boolean; cells: readonly Cell[]; own: boolean; open: boolean; confirms: boolean; onReturn: (asked: Asked) => void }

/** Every answer with its state; the collector returns, the head of the outlet confirms what waits for him or sends it back. */
function Merged({ formId, about, cells, own, open, confirms, onReturn }: MergedProps) {
  const t = useText(formsText)
  const toast = useToast()
  const confirm = useConfirm()
  const me = useWho()
  const act = useAct(confirmAnswer, { refresh: ['forms', 'reports'] })
  const tabs = (confirms ? (['all', 'missing', 'waiting', 'late'] as const) : (['all', 'missing', 'late'] as const)).map((key) => ({ key, label: t(key) }))
  const which = usePageTab(tabs, 'which') as 'all' | 'missing' | 'waiting' | 'late'
  const { data, error, refetch } = useContract(readAnswers, { params: { formId }, query: { which } })
  const totals = new Map(data?.totals.map((one) => [one.code, one.total]))
  const numeric = (cell: Cell): boolean => cell.type === 'WHOLE' || cell.type === 'AMOUNT'
  const waitsForMe = (answer: AnswerLine): boolean => open && answer.confirmer?.staffKey === me.staffKey
  const acts = own || (data?.items ?? []).some(waitsForMe)
  const agree = async (answer: AnswerLine): Promise<void> => {
    if (await confirm({ title: t('confirmTitle', { name: answer.name }), effect: t('confirmEffect'), verb: t('confirm') })) act.mutate({ params: { answerId: answer.id }, body: { edition: answer.edition } }, { onSuccess: () => toast(t('confirmedToast')) })
  }
  const rows = (data?.items ?? []).flatMap((answer) => (answer.rows.length === 0 ? [null] : answer.rows).map((row, place) => ({ key: `${answer.id} ${place}`, cells: [
    place > 0 ? '' : answer.unitName,
    place > 0 ? '' : <span key="n"><Link to={`/collection-answers/${answer.id}`}>{answer.name}</Link>{answer.filler !== null && <div className="yq-small yq-quiet">{t('filledBy', { name: answer.filler.name })}</div>}</span>,
    place > 0 ? '' : <span key="s"><Tag tone={answer.state === 'SUBMITTED' ? 'success' : answer.state === 'WAITING' ? 'warning' : answer.late ? 'error' : answer.state === 'RETURNED' ? 'warning' : 'info'} {...(answer.late && !isHandedIn(answer.state) ? { icon: '⬣' } : {})}>{answer.late ? `${t(`A_${answer.state}`)} · ${t('late')}` : t(`A_${answer.state}`)}</Tag>{answer.state === 'WAITING' && <div className="yq-small yq-quiet">{answer.confirmer === null ? t('waitsForNobody') : t('waitsFor', { names: answer.confirmer.name })}</div>}{answer.changed > 0 && <div className="yq-small yq-quiet">{t('changed', { n: answer.changed })}</div>}</span>,
    ...(about ? [row === null ? '' : (answer.subjects.find(({ of }) => of === row.of)?.name ?? t('outOfSight'))] : []),
    ...cells.map((cell) => (cell.type === 'FILE' ? <FilesShown key={cell.code} answerId={answer.id} value={row?.values[cell.code]} files={answer.files} /> : <CellValue key={cell.code} cell={cell} value={row?.values[cell.code]} />)),
    ...(acts ? [place > 0 ? '' : waitsForMe(answer) ? (
      <span key="c" className="yq-row" style={{ flexWrap: 'nowrap' }}>
        <ActionButton size="small" type="primary" refusals={confirmAnswer.refusals} aria-label={t('confirmOf', { name: answer.name })} may={yes} onClick={() => void agree(answer)}>{t('confirm')}</ActionButton>
        <ActionButton size="small" refusals={sendBackAnswer.refusals} aria-label={t('sendBackOf', { name: answer.name })} may={yes} onClick={() => onReturn({ answer, by: 'HEAD' })}>{t('sendBack')}</ActionButton>
      </span>
    ) : own && isHandedIn(answer.state) ? <ActionButton key="r" size="small" refusals={returnAnswer.refusals} aria-label={`${t('return_')} ${answer.name}`} may={yes} onClick={() => onReturn({ answer, by: 'COLLECTOR' })}>{t('return_')}</ActionButton> : ''] : []),
  ] })))
  return (
    <>
      <PageTabs tabs={tabs} label={t('merged')} name="which" />
      {act.error && <ErrorState error={act.error} onRetry={() => act.reset()} />}
      <Block title={t('merged')} loading={!data} error={error} onRetry={() => void refetch()} flush={rows.length > 0}>
        {rows.length === 0 ? <EmptyState title={t('nobody')} /> : (
          <PlainTable
            // who confirms has his buttons in sight on the phone: one answer below the other
            stack={which === 'waiting' && (data?.items ?? []).every((answer) => answer.rows.length < 2)}
            label={t('merged')} columns={[{ key: 'unit', title: t('unit') }, { key: 'person', title: t('person') }, { key: 'state', title: t('state') }, ...(about ? [{ key: 'customer', title: t('customer') }] : []), ...cells.map((cell) => ({ key: cell.code, title: cell.type === 'AMOUNT' ? `${cell.label}${t('yuan')}` : cell.label, right: numeric(cell) })), ...(acts ? [{ key: 'act', title: '' }] : [])]}
            rows={which === 'all' ? [...rows, { key: 'total', cells: [<strong key="t">{t('total')}</strong>, '', '', ...(about ? [''] : []), ...cells.map((cell) => (numeric(cell) ? <strong key={cell.code}><CellValue cell={cell} value={totals.get(cell.code)} /></strong> : '')), ...(acts ? [''] : [])] }] : rows}
          />
        )}
      </Block>
    </>
  )
}

function WordDrawer({ title, label, send, onClose }: { title: string; label: string; send: (words: string) => Promise<unknown>; onClose: () => void }) {
  const t = useText(formsText)
  const form = useForm({ initial: { words: '' }, check: ({ words }) => (words.trim().length < 2 ? { words: t('required') } : {}), send: ({ words }) => send(words) })
  return <FormDrawer title={title} open onClose={onClose} form={form} submit={title}><TextField form={form} name="words" label={label} required max={100} /></FormDrawer>
}

/** Returned by who collects, or sent back by the head who does not confirm it. */
export function ReturnDrawer({ answer, by, onClose }: { answer: { id: string; name: string; edition: number }; by: 'COLLECTOR' | 'HEAD'; onClose: () => void }) {
  const t = useText(formsText)
  const give = useAct(returnAnswer, { refresh: ['forms'] })
  const sendBack = useAct(sendBackAnswer, { refresh: ['forms', 'reports'] })
  const params = { answerId: answer.id }
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 2 ? { reason: t('required') } : {}), send: ({ reason }) => (by === 'HEAD' ? sendBack.mutateAsync({ params, body: { edition: answer.edition, reason } }) : give.mutateAsync({ params, body: { reason } })) })
  return <FormDrawer title={by === 'HEAD' ? t('sendBackOf', { name: answer.name }) : t('returnTitle', { name: answer.name })} open onClose={onClose} form={form} submit={by === 'HEAD' ? t('sendBack') : t('return_')}><TextField form={form} name="reason" label={t('reason')} required max={200} /></FormDrawer>
}
