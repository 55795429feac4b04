import { Block } from '../../ui/Block.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import type { AnnualShown } from '../statement.contract.ts'
import { annualRows, annualRule } from '../statement/tell-annual.rules.ts'
import { payText } from './pay-text.ts'

/** The year in three parts: what each is, how it changed, its weight, what it gives. */
export function AnnualBlock({ annual }: { annual: AnnualShown }) {
  const t = useText(payText)
  const pick = usePick()
  const items = [...annual.task.items, ...annual.management.items]
  return (
    <Block title={`${t('annual', { year: annual.year })} · ${t('annualTo', { from: annual.from, to: annual.to })}`} flush>
      <PlainTable
        label={t('annual', { year: annual.year })} stack="short"
        columns={[{ key: 'part', title: t('annualPart') }, { key: 'score', title: t('score'), right: true }, { key: 'weight', title: t('annualWeight'), right: true }, { key: 'gives', title: t('annualGives'), right: true }, { key: 'note', title: t('annualNote') }]}
        rows={annualRows(annual).map((row) => ({ key: row.key, cells: [row.key === 'total' ? <strong key="n">{pick(row.name)}</strong> : pick(row.name), row.score ?? '--', row.weight ?? '', row.gives ?? '--', <span key="r" className="yq-quiet">{pick(row.note)}</span>] }))}
      />
      <p className="yq-quiet yq-small" style={{ margin: '8px 16px' }}>{pick(annualRule)}</p>
      {annual.task.periods.length > 0 && (
        <PlainTable
          label={t('annualPeriods')} stack="short" columns={[{ key: 'name', title: t('annualPeriods') }, { key: 'from', title: t('annualFrom') }, { key: 'days', title: t('annualDays'), right: true }, { key: 'score', title: t('score'), right: true }]}
          rows={annual.task.periods.map((one) => ({ key: `${one.name.zh} ${one.from}`, cells: [<span key="n">{pick(one.name)} <Tag>{t(one.long ? 'annualLong' : 'annualShort')}</Tag></span>, <DateText key="f" date={one.from} form="data" />, String(one.days), one.score] }))}
        />
      )}
      {items.length > 0 && (
        <PlainTable
          label={t('annualItems')} stack="short" columns={[{ key: 'name', title: t('annualItems') }, { key: 'target', title: t('annualTarget'), right: true }, { key: 'actual', title: t('annualActual'), right: true }, { key: 'ratio', title: t('annualRatio'), right: true }, { key: 'weight', title: t('annualWeight'), right: true }, { key: 'score', title: t('score'), right: true }]}
          rows={items.map((one) => ({ key: one.code, cells: [pick(one.name), one.target ?? '--', one.actual ?? '--', one.ratio ?? '--', one.weight, one.score ?? '--'] }))}
        />
      )}
    </Block>
  )
}
