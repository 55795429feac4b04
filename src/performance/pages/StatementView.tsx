import { Select } from 'antd'
import { useMemo, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { Chart } from '../../ui/Chart.tsx'
import { ExplanationTree } from '../../ui/ExplanationTree.tsx'
import { KeyFigures } from '../../ui/KeyFigures.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Figure } from '../../ui/Percent.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import type { StatementShown } from '../statement.contract.ts'
import { explainStatement } from './explain-statement.ts'
import { codeNames, named, payText } from './pay-text.ts'

/** A statement: what is paid, the whole calculation, how deductions were met, the months. The month stands in the address. */
export function StatementView({ statement, title, crumbs, note, factsTo }: {
  statement: StatementShown; title: string; crumbs?: readonly { title: string; to: string }[]; note?: ReactNode; factsTo: (place: number) => string
}) {
  const t = useText(payText)
  const pick = usePick()
  const root = useMemo(() => explainStatement(statement, { t, pick, factsTo }), [statement, t, pick, factsTo])
  const { scheme, months } = statement
  const year = statement.month.slice(0, 4)
  const ofYear = months.filter(({ month }) => month.startsWith(year) && month <= statement.month).reduce((sum, { payableFen }) => sum + BigInt(payableFen), 0n)
  return (
    <Page>
      <PageHeader
        title={`${title} ${statement.month}`} crumbs={crumbs}
        tags={<Tag tone={statement.state === 'CLOSED' ? 'success' : statement.state === 'STALE' ? 'warning' : 'info'} icon={statement.state === 'CLOSED' ? '✓' : '●'}>{t(statement.state)}</Tag>}
        sub={`${statement.person.name} ${statement.person.staffNo} · ${statement.person.unitName} · ${t('schemeOf', { name: pick({ zh: scheme.name, en: scheme.nameEn }), version: scheme.version, from: scheme.from })}`}
        actions={<MonthChoice month={statement.month} months={months.map(({ month }) => month)} />}
      />
      {note}
      <KeyFigures figures={[
        { label: t('payable'), value: <Amount fen={statement.payableFen} unit="yuan" withUnit /> },
        { label: t(statement.scheme.kind === 'POINTS' ? 'points' : 'score'), value: <Figure value={statement.points} /> },
        { label: t('year'), value: <Amount fen={ofYear} unit="yuan" withUnit /> },
        { label: statement.carryOutFen === '0' ? t('carryIn') : t('carryOut'), value: <Amount fen={statement.carryOutFen === '0' ? statement.carryInFen : statement.carryOutFen} unit="yuan" withUnit /> },
      ]} />
      <Block title={t('calculation')} asOf={statement.settledOn}>
        <ExplanationTree root={root} label={t('calculation')} open={9} />
      </Block>
      {statement.setOff.length > 0 && (
        <Block title={t('setOff')}>
          <PlainTable
            label={t('setOff')}
            columns={[{ key: 'month', title: t('month') }, { key: 'cause', title: t('event') }, { key: 'fen', title: t('amount'), right: true }, { key: 'left', title: t('carryOut'), right: true }]}
            rows={statement.setOff.map((entry, place) => ({ key: String(place), cells: [entry.month, pick(named(codeNames, entry.cause)), <Amount key="a" fen={entry.fen} unit="yuan" />, <Amount key="b" fen={entry.leftFen} unit="yuan" />] }))}
          />
        </Block>
      )}
      {months.length > 1 && (
        <Block title={t('trend')}>
          <Chart title={t('trend')} kind="columns" categories={months.map(({ month }) => month)} series={[{ name: t('payable'), values: months.map(({ payableFen }) => payableFen) }]} of="fen" />
        </Block>
      )}
    </Page>
  )
}

/** Chooses a settled month; it stands in the address. */
export function MonthChoice({ month, months }: { month: string; months: readonly string[] }) {
  const t = useText(payText)
  const [search, setSearch] = useSearchParams()
  return (
    <Select
      aria-label={t('month')} value={month} style={{ minWidth: 120 }} options={[...new Set([...months, month])].sort().reverse().map((value) => ({ value, label: value }))}
      onChange={(value: string) => {
        const next = new URLSearchParams(search)
        next.set('month', value)
        next.delete('cursor')
        setSearch(next)
      }}
    />
  )
}

/** "Purpose …, journaled": stands above what was read with a purpose. */
export function PurposeNote({ purpose }: { purpose: string }) {
  const t = useText(payText)
  return <Note tone="info">{t('readFor', { purpose })}</Note>
}
