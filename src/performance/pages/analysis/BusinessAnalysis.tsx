import { Button, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { Block } from '../../../ui/Block.tsx'
import { Chart } from '../../../ui/Chart.tsx'
import { download, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { isNotFound } from '../../../ui/ErrorState.tsx'
import { RadioField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { usePhone, useSettings } from '../../../ui/settings.ts'
import { aside, mark, usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { exportAnalysis, readAnalysis } from '../../analysis/analysis.contract.ts'
import { tellAnalysis, type ToldPart } from '../../analysis/tell-analysis.rules.ts'
import { analysisText } from './analysis-text.ts'

/** The month of a unit of one's line: what the Word report and the slides say. Month and unit stand in the address. */
export default function BusinessAnalysis() {
  const t = useText(analysisText)
  const pick = usePick()
  const { language } = useSettings()
  const [address, setAddress] = useSearchParams()
  const [month, unit] = [address.get('month'), address.get('unit')]
  const { data, error, refetch } = useContract(readAnalysis, { query: { ...(month === null ? {} : { month }), ...(unit === null ? {} : { unit }) } }, { keepOld: true })
  const to = (key: string, value: string): void => setAddress(new URLSearchParams([...[...address].filter(([name]) => name !== key), [key, value]]))
  if (isNotFound(error)) return <NotFound />
  const analysis = data?.analysis ?? null
  return (
    <Page>
      <PageHeader
        title={t('title')} {...(analysis ? { sub: t('sub', { unit: pick({ zh: analysis.unit.name, en: analysis.unit.nameEn }), month: analysis.month }) } : {})}
        actions={data && analysis && (
          <>
            <Select aria-label={t('unit')} showSearch={{ optionFilterProp: 'label' }} value={analysis.unit.key} options={data.units.map((one) => ({ value: one.key, label: pick({ zh: one.name, en: one.nameEn }) }))} onChange={(value: number) => to('unit', String(value))} style={{ minWidth: 160 }} />
            <Select aria-label={t('month')} value={analysis.month} options={data.months.map((value) => ({ value, label: value }))} onChange={(value: string) => to('month', value)} style={{ minWidth: 110 }} />
            <Download month={analysis.month} unit={analysis.unit.key} />
          </>
        )}
      />
      {!analysis ? (
        <Block title={t('title')} loading={!data} error={error} onRetry={() => void refetch()}>{data && <EmptyState title={t('empty')} hint={t('emptyHint')} />}</Block>
      ) : tellAnalysis(analysis, language).map((part) => <Part key={part.title} part={part} asOf={analysis.asOf} />)}
    </Page>
  )
}

// columns that are neither months nor days have no rise and no fall: as bars they are told by the highest and the lowest
const kindOf = ({ kind, categories }: NonNullable<ToldPart['chart']>): 'columns' | 'bars' | 'line' => (kind === 'line' ? 'line' : kind === 'column' && categories.every((one) => /^(\d{4}|\d{2})-\d{2}$/.test(one)) ? 'columns' : 'bars')

function Part({ part: { title, lines, chart, table }, asOf }: { part: ToldPart; asOf: string }) {
  const phone = usePhone()
  return (
    <Block title={title} asOf={asOf}>
      {lines.map((line) => <p key={line}>{line}</p>)}
      {chart && <Chart title={aside(chart.series.map(({ name }) => name).join(mark('、')), chart.unit)} kind={kindOf(chart)} of="number" decimals={chart.series[0]?.values.every((one) => one === null || Number.isInteger(one)) ? 0 : 2} categories={chart.categories} series={chart.series.map(({ name, values }) => ({ name, values: values.map((one) => (one === null ? null : String(one))) }))} />}
      {table && (!chart || table.rows.length > 15) && <PlainTable label={title} stack="short" columns={table.head.map((name, place) => ({ key: String(place), title: name, ...(table.right.includes(place) ? { right: true } : {}) }))} rows={table.rows.map((cells, place) => ({ key: String(place), cells: cells.map((cell, at) => (phone && at > 1 && cell === '--' ? null : cell)) }))} />}
    </Block>
  )
}

function Download({ month, unit }: { month: string; unit: number }) {
  const t = useText(analysisText)
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const form = useForm({
    initial: { format: 'PPTX', purpose: t('meeting') }, check: (told) => ({ purpose: told.purpose.trim().length < 2 ? t('required') : undefined }),
    send: (told) => download(exportAnalysis, { body: { month, unit, format: told.format === 'DOCX' ? 'DOCX' : 'PPTX', purpose: told.purpose.trim() } }),
  })
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>{t('download')}</Button>
      <FormDrawer title={t('downloadTitle')} open={open} onClose={() => setOpen(false)} form={form} submit={t('download')} onDone={() => { form.reset(); setOpen(false); toast(t('downloaded')) }}>
        <RadioField form={form} name="format" label={t('format')} required options={[{ value: 'PPTX', label: t('slides') }, { value: 'DOCX', label: 'Word' }]} />
        <TextField form={form} name="purpose" label={t('purpose')} hint={t('purposeHint')} required max={100} />
      </FormDrawer>
    </>
  )
}
