import { Button, Select } from 'antd'
import { useMemo, useState, type ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { Chart } from '../../ui/Chart.tsx'
import { ExplanationTree } from '../../ui/ExplanationTree.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { KeyFigures } from '../../ui/KeyFigures.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Figure } from '../../ui/Percent.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import type { Endpoint } from '../../foundation/http/contract.ts'
import { download } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { RadioField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { amountText } from '../../ui/amount-format.ts'
import { usePhone, useSettings } from '../../ui/settings.ts'
import { useForm } from '../../ui/useForm.ts'
import type { Outlook, StatementShown } from '../statement.contract.ts'
import { tellStatement } from '../statement/tell-statement.rules.ts'
import { AnnualBlock } from './AnnualBlock.tsx'
import { explainTold } from './explain-told.ts'
import { codeNames, named } from '../pay-words.rules.ts'
import { splitTotal } from '../statement/split.rules.ts'
import { payText } from './pay-text.ts'

type Print = { contract: Endpoint; params?: Record<string, string>; purpose: string }

/** A statement: what is paid, the whole calculation, sums to date and what may come, how deductions were met, the months, where it stands. The month stands in the address. */
export function StatementView({ statement, outlook, title, crumbs, note, factsTo, print, actions, below }: {
  statement: StatementShown; outlook: Outlook | null; title: string; crumbs?: readonly { title: string; to: string }[]; note?: ReactNode; factsTo: (place: number) => string; print: Print; actions?: ReactNode; /** After how deductions were met. */ below?: ReactNode
}) {
  const t = useText(payText)
  const pick = usePick()
  const { language } = useSettings()
  const root = useMemo(() => explainTold(tellStatement(statement, language), factsTo, (n) => t('facts', { n })), [statement, language, t, factsTo])
  const { scheme, months } = statement
  const phone = usePhone()
  const spanOf = useSpan()
  return (
    <Page>
      <PageHeader
        title={`${title} ${statement.month}`} crumbs={crumbs}
        tags={<Tag tone={statement.state === 'CLOSED' ? 'success' : statement.state === 'STALE' ? 'warning' : 'info'} icon={statement.state === 'CLOSED' ? '✓' : '●'}>{t(statement.state)}</Tag>}
        sub={`${statement.person.name} ${statement.person.staffNo} · ${statement.person.unitName} · ${t('schemeOf', { name: pick({ zh: scheme.name, en: scheme.nameEn }), version: scheme.version, from: scheme.from })}`}
        actions={<><MonthChoice month={statement.month} months={months.map(({ month }) => month)} /><PrintStatement print={print} month={statement.month} scheme={scheme.code} />{actions}</>}
      />
      {note}
      <KeyFigures figures={[
        { label: t('payable'), value: <Amount fen={statement.payableFen} unit="yuan" withUnit />, ...(statement.split.length === 0 ? {} : { note: t('splitTotal', { n: statement.split.length, fen: amountText(splitTotal(statement.split), 'yuan') }) }) },
        // a scheme of blocks may have no score at all: none is not 0.00
        ...(statement.scheme.kind === 'POINTS' || statement.steps.some(({ unit }) => unit === 'SCORE') ? [{ label: t(statement.scheme.kind === 'POINTS' ? 'points' : 'score'), value: <Figure value={statement.points} /> }] : []),
        ...(outlook ? [{ label: t('yearToDate'), value: <Amount fen={outlook.year.payableFen} unit="yuan" withUnit />, note: spanOf(outlook.year) }] : []),
        { label: statement.carryOutFen === '0' ? t('carryIn') : t('carryOut'), value: <Amount fen={statement.carryOutFen === '0' ? statement.carryInFen : statement.carryOutFen} unit="yuan" withUnit /> },
      ]} />
      {statement.split.length > 0 && <SplitBlock statement={statement} />}
      <Block title={t('calculation')} asOf={statement.settledOn}>
        <ExplanationTree root={root} label={t('calculation')} open={9} />
      </Block>
      {statement.setOff.length > 0 && (
        <Block title={t('setOff')}>
          <PlainTable
            label={t('setOff')} stack="short"
            columns={[{ key: 'month', title: t('month') }, { key: 'cause', title: phone ? '' : t('event') }, { key: 'fen', title: t('amount'), right: true }, { key: 'left', title: t('carryOut'), right: true }]}
            rows={statement.setOff.map((entry, place) => ({ key: String(place), cells: [entry.month, pick(named(codeNames, entry.cause)), <Amount key="a" fen={entry.fen} unit="yuan" withUnit />, <Amount key="b" fen={entry.leftFen} unit="yuan" withUnit />] }))}
          />
        </Block>
      )}
      {below}
      {outlook && <OutlookBlocks outlook={outlook} />}
      {months.length > 1 && (
        <Block title={t('trend')}>
          <Chart title={t('trend')} kind="columns" categories={months.map(({ month }) => month)} series={[{ name: t('payable'), values: months.map(({ payableFen }) => payableFen) }]} of="fen" />
        </Block>
      )}
    </Page>
  )
}

/** How the month was split between the schemes that paid in it, each leading to its statement. */
function SplitBlock({ statement: { month, split, scheme } }: { statement: StatementShown }) {
  const t = useText(payText)
  const pick = usePick()
  const [search] = useSearchParams()
  const to = (code: string): string => {
    const next = new URLSearchParams(search)
    next.set('month', month)
    next.set('scheme', code)
    return `?${next.toString()}`
  }
  return (
    <Block title={t('split', { n: split.length })}>
      <PlainTable
        label={t('split', { n: split.length })} stack
        columns={[{ key: 'scheme', title: t('scheme') }, { key: 'posts', title: t('splitPosts') }, { key: 'days', title: t('splitDays'), right: true }, { key: 'fen', title: t('payable'), right: true }]}
        rows={split.map((one) => ({
            key: one.scheme,
            cells: [
              one.scheme === scheme.code ? <strong key="s">{pick({ zh: one.name, en: one.nameEn })}{mark('（')}{t('splitThis')}{mark('）')}</strong> : <Link key="s" to={to(one.scheme)}>{pick({ zh: one.name, en: one.nameEn })}</Link>,
              one.posts.length === 0 ? <span key="p" className="yq-quiet">{t('splitNoPost')}</span> : <span key="p">{one.posts.map((post) => t('splitPost', { post: pick({ zh: post.post, en: post.postEn }), unit: post.unitName, from: post.from, to: post.to })).join(mark('；'))}</span>,
              t('splitDaysOf', { days: one.days, whole: one.wholeDays }), <Amount key="a" fen={one.payableFen} unit="yuan" withUnit />,
            ],
          }))}
      />
      <p><strong>{t('splitSum')} <Amount fen={splitTotal(split)} unit="yuan" withUnit /></strong></p>
      <p className="yq-quiet yq-small">{t('splitNote')}</p>
    </Block>
  )
}

/** Which months were summed: one alone is only named. */
function useSpan(): (of: { from: string; to: string; months: number }) => string {
  const t = useText(payText)
  return ({ from, to, months }) => (from === to ? from : t('monthsOf', { from, to, n: months }))
}

/** Sums to date, the forecast marked as one, and the distribution without names. */
function OutlookBlocks({ outlook: { quarter, year, annual, forecast, standing, change } }: { outlook: Outlook }) {
  const t = useText(payText)
  const pick = usePick()
  const yuan = (fen: string): string => amountText(fen, 'yuan')
  const spanOf = useSpan()
  const whole = (fen: string): string => amountText(fen, 'yuan').replace(/\.00$/, '')
  const place = standing === null ? '' : t((['quarter1', 'quarter2', 'quarter3', 'quarter4'] as const)[standing.quarter - 1] ?? 'quarter4')
  return (
    <>
      <Block title={`${t('quarterToDate')} · ${t('yearToDate')}`} {...(forecast ? { asOf: forecast.asOf } : {})}>
        <Facts facts={[
          { label: t('quarterToDate'), value: <><Amount fen={quarter.payableFen} unit="yuan" withUnit /> <span className="yq-quiet">{spanOf(quarter)}</span></> },
          { label: t('yearToDate'), value: <><Amount fen={year.payableFen} unit="yuan" withUnit /> <span className="yq-quiet">{spanOf(year)}</span></> },
          ...(forecast ? [
            { label: t('forecastMonth', { month: forecast.month }), value: <><Amount fen={forecast.monthFen} unit="yuan" withUnit /> <Tag tone="info" icon="○">{t('forecast')}</Tag></> },
            { label: t('forecastQuarter'), value: <><Amount fen={forecast.quarterFen} unit="yuan" withUnit /> <Tag tone="info" icon="○">{t('forecast')}</Tag></> },
            { label: t('forecastYear', { year: forecast.year }), value: <><Amount fen={forecast.yearFen} unit="yuan" withUnit /> <Tag tone="info" icon="○">{t('forecast')}</Tag></> },
          ] : []),
        ]} />
        {forecast && <p className="yq-quiet yq-small">{t('forecastNote', { asOf: forecast.asOf, n: forecast.averageOf })}</p>}
      </Block>
      {annual && <AnnualBlock annual={annual} />}
      {change && (
        <Block title={t('change', { month: change.month })}>
          {change.parts.length === 0 ? <p className="yq-quiet">{t('changeNone')}</p> : (
            <Chart
              title={t('change', { month: change.month })} kind="waterfall" of="fen" axis={t('cause')} height={280}
              categories={[`${t('payable')} ${change.month}`, ...change.parts.map(({ name }) => pick(name)), t('payable')]} series={[{ name: t('amount'), values: [change.fromFen, ...change.parts.map(({ fen }) => fen), change.toFen] }]}
              sentence={t('changeSentence', { from: yuan(change.fromFen), to: yuan(change.toFen), difference: amountText(BigInt(change.toFen) - BigInt(change.fromFen), 'yuan', { signed: true }) })}
            />
          )}
        </Block>
      )}
      <Block title={t('standing')}>
        {standing === null ? <p className="yq-quiet">{t('standingFew')}</p> : (
          <Chart
            title={t('standingOf', { unit: standing.unitName, n: standing.people })} kind="columns" axis={t('band')} of="number"
            categories={standing.bands.map((one) => { const band = `${whole(one.fromFen)}–${whole(one.toFen)}`; return one.own ? t('ownBand', { band }) : band })}
            series={[{ name: t('peopleCount'), values: standing.bands.map(({ people }) => String(people)) }]}
            sentence={`${t('standingSentence', { lower: yuan(standing.lowerFen), median: yuan(standing.medianFen), upper: yuan(standing.upperFen), place })} · ${t('standingSub')}`}
          />
        )}
      </Block>
    </>
  )
}

const formats = [{ value: 'PDF', label: 'PDF' }, { value: 'XLSX', label: 'Excel' }]

/** Hands the statement over as a file: asks what for, which stands on each page. */
function PrintStatement({ print, month, scheme }: { print: Print; month: string; scheme: string }) {
  const t = useText(payText)
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const form = useForm({
    initial: { format: 'PDF', purpose: print.purpose }, check: (told) => ({ purpose: told.purpose.trim().length < 2 ? t('required') : undefined }),
    send: (told) => download(print.contract, { ...(print.params ? { params: print.params } : {}), body: { month, scheme, format: told.format, purpose: told.purpose.trim() } }),
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('downloadFile')}</Button>
      <FormDrawer title={t('downloadTitle')} open={open} onClose={() => setOpen(false)} form={form} submit={t('downloadFile')} onDone={() => { form.reset(); setOpen(false); toast(t('downloaded')) }}>
        <RadioField form={form} name="format" label={t('format')} required options={formats} />
        <TextField form={form} name="purpose" label={t('purpose')} hint={t('purposeOfFile')} required max={100} />
      </FormDrawer>
    </>
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
        next.delete('scheme')
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
