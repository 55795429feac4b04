import { Button, DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Amount } from '../../ui/Amount.tsx'
import { amountText } from '../../ui/amount-format.ts'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract, useRefresh } from '../../ui/client.ts'
import { useConfirm } from '../../ui/Confirm.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Figure } from '../../ui/Percent.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { usePhone } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import { useInYuan } from '../../ui/UiProvider.tsx'
import { closeSettlement, listSettlements, listSplitPeople, runSettlement, settlementRefusals, watchSettlement, type ControlShown, type SettledMonth } from '../settlement.contract.ts'
import { named, reasons } from '../pay-words.rules.ts'
import { inYuanOnly, rowName, tellSum } from '../tell-control.rules.ts'
import { payText } from './pay-text.ts'

/** Settles a month (or tries it), shows how far it is and whether it ties; closes it with a second person. */
export default function Settlement() {
  const t = useText(payText)
  const pick = usePick()
  const phone = usePhone()
  const { data, error, refetch } = useContract(listSettlements, {})
  const [opened, setOpened] = useState<string | null>(null)
  const months = data?.months ?? []
  const shown = months.find((month) => `${month.month} ${month.scheme}` === opened) ?? months[0]
  return (
    <Page>
      <PageHeader title={t('settlement')} />
      {data?.mayRun && (phone ? <Note tone="info">{t('phoneReadOnly')}</Note> : <RunSettlement next={data.next} schemes={data.schemes} indicators={data.indicators} />)}
      <Block title={t('monthsSettled')} loading={!data} error={error} onRetry={() => void refetch()} flush>
        {data && (months.length === 0 ? <EmptyState title={t('notSettled')} /> : <Months months={months} open={(month) => setOpened(`${month.month} ${month.scheme}`)} phone={phone} />)}
      </Block>
      {shown && (
        <Block title={t('controlOf', { month: shown.month, scheme: pick({ zh: shown.schemeName, en: shown.schemeNameEn }) })}>
          <Control control={shown.control} month={shown.month} indicators={data?.indicators ?? {}} />
          <SplitPeople month={shown.month} />
          <Facts facts={[{ label: t('hash'), value: <code style={{ overflowWrap: 'anywhere' }}>{shown.hash}</code> }]} />
        </Block>
      )}
    </Page>
  )
}

function RunSettlement({ next, schemes, indicators }: { next: string; schemes: readonly { code: string; name: string; nameEn: string }[]; indicators: Names }) {
  const t = useText(payText)
  const pick = usePick()
  const refresh = useRefresh()
  const [month, setMonth] = useState(next)
  const [scheme, setScheme] = useState(schemes[0]?.code ?? 'POINTS')
  const [job, setJob] = useState<string | null>(null)
  const run = useAct(runSettlement, { onDone: ({ jobId }) => setJob(jobId) })
  const watch = useContract(watchSettlement, { params: { jobId: job ?? '' } }, { enabled: job !== null, refetchEvery: 1000 })
  const state = watch.data?.state
  const over = state === 'DONE' || state === 'FAILED' || state === 'STOPPED'
  const running = job !== null && !over
  if (over && job !== null && watch.data?.result?.dryRun === false) queueMicrotask(() => refresh('listSettlements'))
  const start = (dryRun: boolean): void => {
    setJob(null)
    run.mutate({ params: { month, scheme }, body: { dryRun } })
  }
  return (
    <Block title={t('settle')}>
      <div className="yq-stack">
      <div className="yq-row">
        <DatePicker picker="month" format="YYYY-MM" aria-label={t('month')} value={dayjs(`${month}-01`)} allowClear={false} onChange={(value) => value && setMonth(value.format('YYYY-MM'))} />
        {schemes.length > 1 && <Select aria-label={t('scheme')} value={scheme} onChange={setScheme} options={schemes.map((one) => ({ value: one.code, label: pick({ zh: one.name, en: one.nameEn }) }))} />}
        <Button onClick={() => start(true)} disabled={running}>{t('dryRun')}</Button>
        <Button type="primary" onClick={() => start(false)} loading={running || run.isPending}>{t('settle')}</Button>
      </div>
      {run.error && <ErrorState error={run.error} onRetry={() => run.reset()} />}
      {job !== null && watch.data && !over && (
        <JobProgress title={t('running', { month })} job={{ ...watch.data, startedAt: null, total: watch.data.total === 0 ? null : watch.data.total }} />
      )}
      {state === 'FAILED' && <JobProgress title={t('running', { month })} job={{ state: 'FAILED', stage: null, done: null, total: null, startedAt: null }} />}
      {watch.data?.refusal && <Note tone="warning">{pick(watch.data.refusal)}</Note>}
      {watch.data?.result && (
        <div className="yq-stack" role="status">
          <Note tone={watch.data.result.control.ties ? 'success' : 'error'}>{watch.data.result.dryRun ? t('resultDry') : watch.data.result.unchanged ? t('resultSame') : t('resultReal')}</Note>
          <Facts facts={[
            { label: t('persons'), value: watch.data.result.people }, { label: t('factCount'), value: <Figure value={watch.data.result.facts} decimals={0} /> }, { label: t('points'), value: <Figure value={watch.data.result.points} /> },
            { label: t('payable'), value: <Amount fen={watch.data.result.payableFen} unit="yuan" withUnit /> }, { label: t('hash'), value: <code style={{ overflowWrap: 'anywhere' }}>{watch.data.result.hash}</code> },
          ]} />
          {watch.data.result.dryRun && <Control control={watch.data.result.control} month={month} indicators={indicators} />}
        </div>
      )}
      </div>
    </Block>
  )
}

function Months({ months, open, phone }: { months: readonly SettledMonth[]; open: (month: SettledMonth) => void; phone: boolean }) {
  const t = useText(payText)
  const pick = usePick()
  const confirm = useConfirm()
  const inYuan = useInYuan()
  const close = useAct(closeSettlement, { refresh: ['listSettlements'] })
  const ask = async (month: SettledMonth): Promise<void> => {
    if (await confirm({ title: t('closeAsk', { month: month.month }), effect: t('closeEffect'), verb: t('close') })) close.mutate({ params: { month: month.month, scheme: month.scheme } })
  }
  return (
    <>
      {close.error && <ErrorState error={close.error} onRetry={() => close.reset()} />}
      <PlainTable
        label={t('settlement')} stack="short"
        columns={[{ key: 'month', title: t('month') }, { key: 'scheme', title: t('scheme') }, { key: 'state', title: t('state') }, { key: 'people', title: t('persons'), right: true }, { key: 'facts', title: t('factCount'), right: true },
          { key: 'points', title: t('points'), right: true }, { key: 'pay', title: inYuan(t('payable')), right: true }, { key: 'by', title: t('settledBy') }, { key: 'closed', title: t('closedBy') }, ...(phone ? [] : [{ key: 'act', title: '' }])]}
        rows={months.map((month) => ({
          key: `${month.month} ${month.scheme}`,
          cells: [
            <Button key="m" type="link" size="small" onClick={() => open(month)}>{month.month}</Button>, `${pick({ zh: month.schemeName, en: month.schemeNameEn })} v${month.version}`,
            <span key="s" className="yq-row"><Tag tone={month.state === 'CLOSED' ? 'success' : month.state === 'STALE' ? 'warning' : 'info'}>{t(month.state)}</Tag>{!month.control.ties && <Tag tone="error">{t('tiesNot')}</Tag>}</span>,
            month.people, <Figure key="f" value={month.facts} decimals={0} />, Number(month.points) === 0 ? '--' : <Figure key="p" value={month.points} />, <Amount key="a" fen={month.payableFen} unit="yuan" />, `${month.settledBy ?? t('batch')} ${month.settledOn}`,
            month.closedOn === null ? '--' : `${month.closedBy ?? t('batch')} ${month.closedOn}`,
            ...(phone ? [] : [month.state === 'CLOSED' ? '' : <ActionButton key="c" size="small" may={month.mayClose} refusals={settlementRefusals} details={{ month: month.month }} onClick={() => void ask(month)}>{t('close')}</ActionButton>]),
          ],
        }))}
      />
    </>
  )
}

type Names = Readonly<Record<string, { zh: string; en: string }>>

/** The control report in yuan: exact products are shown as amounts and averages; an indicator tells exact sums in its own unit. */
function Control({ control, month, indicators }: { control: ControlShown; month: string; indicators: Names }) {
  const t = useText(payText)
  const pick = usePick()
  const inYuan = useInYuan()
  const withYuan = (fen: string): string => `${amountText(fen, 'yuan')} ${pick({ zh: '元', en: 'yuan' })}`
  const { transactions } = control
  // amounts and numbers in one column: the head tells no unit then, each amount its own
  const mixed = !inYuanOnly(control.rows)
  const head = (title: string): string => (mixed ? title : inYuan(title))
  return (
    <div className="yq-stack">
      <PlainTable
        label={t('control')} stack="short"
        columns={[{ key: 'source', title: t('source') }, { key: 'facts', title: t('factCount'), right: true }, { key: 'total', title: head(t('total')), right: true }, { key: 'in', title: head(t('inLines')), right: true }, { key: 'outside', title: head(t('outside')), right: true },
          { key: 'without', title: head(t('without')), right: true }, { key: 'foreign', title: t('foreign'), right: true }, { key: 'ties', title: '' }]}
        rows={control.rows.map((row) => {
          const told = (text: string): string => {
            const { figure, unit } = tellSum(row, text, month)
            return mixed ? `${figure} ${pick(unit)}` : figure
          }
          return {
            key: row.source,
            cells: [pick(rowName(row, indicators)), <Figure key="n" value={row.facts} decimals={0} />, told(row.total), told(row.inLines), told(row.outside), told(row.withoutManager), row.otherCurrency,
              <Tag key="t" tone={row.ties ? 'success' : 'error'} icon={row.ties ? '✓' : '✕'}>{t(row.ties ? 'ties' : 'tiesNot')}</Tag>],
          }
        })}
      />
      {control.withoutResult !== undefined && control.withoutResult.length > 0 && (
        <Note tone="warning">{t('withoutResult', { n: control.withoutResult.length })}{mark('：')}{control.withoutResult.slice(0, 20).map(({ staffNo, why }) => `${staffNo} ${pick(named(reasons, why))}`).join(mark('；'))}</Note>
      )}
      <p className="yq-quiet">{t('rollForward', {
        n: transactions.transactions.toLocaleString('en-US'), opening: withYuan(transactions.openingFen), in: withYuan(transactions.inFen), out: withYuan(transactions.outFen), closing: withYuan(transactions.closingFen),
        difference: withYuan(transactions.differenceFen),
      })}</p>
      <p className="yq-quiet yq-small">{t('controlNote')}</p>
    </div>
  )
}

/** Whom several schemes paid in the month, on how many days each; a warning where days count twice. */
function SplitPeople({ month }: { month: string }) {
  const t = useText(payText)
  const pick = usePick()
  const { data } = useContract(listSplitPeople, { params: { month } })
  if (!data || data.of === 0) return null
  return (
    <div className="yq-stack">
      <p><strong>{t('splitPeople', { n: data.of })}</strong></p>
      {data.people.some(({ twice }) => twice > 0) && <Note tone="warning">{t('splitTwice')}</Note>}
      <PlainTable
        label={t('splitPeople', { n: data.of })} stack="short"
        columns={[{ key: 'who', title: t('name') }, { key: 'how', title: t('splitDays') }, { key: 'twice', title: t('splitTwiceDays'), right: true }]}
        rows={data.people.map((one) => ({
          key: one.staffNo,
          cells: [`${one.name} ${one.staffNo}`, one.schemes.map((of) => `${pick({ zh: of.name, en: of.nameEn })} ${t('splitDaysOf', { days: of.days, whole: of.wholeDays })}`).join(mark('；')), one.twice === 0 ? '--' : <Figure key="t" value={one.twice} decimals={0} />],
        }))}
      />
    </div>
  )
}
