import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { DecidedChanges, WaitingChanges, type Difference } from '../../ui/ProposedChanges.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { usePick, useText, type Say, type Text } from '../../ui/text.ts'
import { computeIndicators, decideIndicator, listIndicators, proposeIndicator, type IndicatorChange, type IndicatorShown, type IndicatorTerms } from '../indicator.contract.ts'
import { inspectionEvents } from '../inspection.contract.ts'
import { codeNames, named } from '../pay-words.rules.ts'
import { indicatorText, sentenceOf, sourceNames, unitNames, wordOf } from './indicator-text.ts'

type Compared = Pick<IndicatorShown, 'name' | 'nameEn' | 'direction' | 'owner' | 'terms' | 'unit'>

/** Where two definitions differ, in the words of the page. */
export function differencesOf(before: Compared | null, after: Compared, t: Say<typeof indicatorText>, pick: (text: Text) => string): Difference[] {
  const rows: [string, (one: Compared) => string][] = [
    [t('name'), (one) => pick({ zh: one.name, en: one.nameEn })], [t('definition'), (one) => sentenceOf(one.terms, pick)], [t('unit'), (one) => pick(wordOf(unitNames, one.unit))], [t('direction'), (one) => t(one.direction)], [t('owner'), (one) => one.owner],
    [t('tariff'), (one) => tariffOf(one.terms, pick)],
  ]
  return rows.map(([name, say]) => ({ name, from: before === null ? null : say(before), to: say(after) })).filter((row) => row.from !== row.to && (row.from !== null || row.to !== ''))
}

/** The points of each grade in words; empty where none are counted. */
const tariffOf = ({ tariff }: IndicatorTerms, pick: (text: Text) => string): string => (tariff === undefined ? '' : inspectionEvents.map((event) => `${pick(named(codeNames, event))} ${tariff[event].replace('-', '−')}`).join(pick({ zh: '；', en: '; ' })))

/** The version that holds just before a day. */
export const versionBefore = (all: readonly IndicatorShown[], code: string, from: string): IndicatorShown | null => all.filter((one) => one.code === code && one.from < from).sort((a, b) => (a.from < b.from ? 1 : -1))[0] ?? null

/** The months that follow a confirmed definition: the last and the running one. */
const monthsShown = (day: string): string[] => {
  const [year = 2000, month = 1] = day.split('-').map(Number)
  return [month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`, day.slice(0, 7)]
}

/** Every indicator with its words, unit, direction, source and department; changes that wait for a second person. */
export default function Indicators() {
  const t = useText(indicatorText)
  const pick = usePick()
  const toast = useToast()
  const go = useNavigate()
  const { data, error, refetch } = useContract(listIndicators, {})
  const [sought, setSought] = useState('')
  const compute = useAct(computeIndicators, { refresh: ['indicators'], onDone: () => toast(t('computing')) })
  const decide = useAct(decideIndicator, { refresh: ['indicators'] })
  const titleOf = (one: IndicatorChange): string => `${pick({ zh: one.name, en: one.nameEn })} · ${one.code}`
  const against = (one: IndicatorChange) => differencesOf(data ? versionBefore(data.indicators, one.code, one.from) : null, one, t, pick)
  // confirmed, it is usable: its months are worked out at once
  const settle = async (change: IndicatorChange | undefined, changeId: string, body: Parameters<typeof decide.mutateAsync>[0]['body']): Promise<void> => {
    await decide.mutateAsync({ params: { changeId }, body })
    if (body.decision === 'CONFIRMED' && change && data) await compute.mutateAsync({ body: { months: monthsShown(data.asOf), code: change.code } })
  }
  const shown = (data?.indicators ?? []).filter((one) => one.inForce && (sought === '' || [one.name, one.nameEn, one.code, one.owner].some((text) => text.toLowerCase().includes(sought.toLowerCase()))))
  return (
    <Page>
      <PageHeader
        title={t('title')} sub={t('sub')}
        actions={data && data.mayChange.allowed && <>
          <ActionButton type="primary" may={data.mayChange} refusals={proposeIndicator.refusals} onClick={() => void go('/indicators/new')}>{t('propose')}</ActionButton>
          <Button onClick={() => compute.mutate({ body: { months: monthsShown(data.asOf) } })}>{t('compute')}</Button>
        </>}
      />
      {compute.error && <ErrorState error={compute.error} onRetry={() => compute.reset()} />}
      {data && <WaitingChanges changes={data.changes} titleOf={titleOf} differencesOf={against} decide={(changeId, body) => settle(data.changes.find((one) => one.id === changeId), changeId, body)} refusals={decideIndicator.refusals} />}
      <Block title={t('title')} asOf={data?.asOf} loading={!data && !error} error={error} onRetry={() => void refetch()}>
        <div className="yq-stack">
          <SearchBox value={sought} onSearch={setSought} placeholder={t('search')} />
          {data && (shown.length === 0 ? <EmptyState title={t('empty')} /> : (
            <PlainTable
              label={t('title')} stack
              columns={[{ key: 'name', title: t('name') }, { key: 'definition', title: t('definition') }, { key: 'unit', title: t('unit') }, { key: 'direction', title: t('direction') }, { key: 'source', title: t('source') }, { key: 'owner', title: t('owner') }, { key: 'last', title: t('lastMonth') }]}
              rows={shown.map((one) => ({
                key: one.code,
                cells: [
                  <span key="n"><Link to={`/indicators/${one.code}`}>{pick({ zh: one.name, en: one.nameEn })}</Link><br /><span className="yq-quiet yq-small">{one.code} · {t('version', { n: one.version })}</span></span>,
                  sentenceOf(one.terms, pick), pick(wordOf(unitNames, one.unit)), t(one.direction), pick(wordOf(sourceNames, one.terms.source)), one.owner, one.lastMonth ?? '--',
                ],
              }))}
            />
          ))}
        </div>
      </Block>
      {data && <DecidedChanges changes={data.changes} titleOf={titleOf} differencesOf={against} />}
    </Page>
  )
}
