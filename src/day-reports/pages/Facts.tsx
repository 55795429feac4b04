import { Link } from 'react-router'
import { Amount } from '../../ui/Amount.tsx'
import { usePick, useText } from '../../ui/text.ts'
import type { FactShown } from '../day-report.contract.ts'
import { reportsText } from './reports-text.ts'
import './reports.css'

/** What the system saw of a section: each line opens the thing itself. */
export function ReportFacts({ facts, label }: { facts: readonly FactShown[]; label: string }) {
  const t = useText(reportsText)
  const pick = usePick()
  if (facts.length === 0) return <p className="yq-quiet yq-small" style={{ margin: 0 }}>{t('nothingSeen')}</p>
  return (
    <ul className="yq-report-facts" aria-label={label}>
      {facts.map((fact) => {
        const title = pick({ zh: fact.zh, en: fact.en })
        const name = fact.customerName ?? (fact.address === null ? t('hiddenCustomer') : null)
        const words = name === null ? title : `${name} · ${title}`
        return (
          <li key={`${fact.kind}${fact.id}`}>
            <span className="yq-quiet yq-small yq-report-kind">{pick({ zh: fact.kindZh, en: fact.kindEn })}</span>
            {fact.address === null ? <span>{words}</span> : <Link to={fact.address}>{words}</Link>}
            {fact.amountFen === null ? <span /> : <Amount fen={fact.amountFen} />}
          </li>
        )
      })}
    </ul>
  )
}
