import { Segmented } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { Amount } from '../../ui/Amount.tsx'
import { download, useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { dateText } from '../../ui/date-format.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useListState } from '../../ui/useListState.ts'
import { exportMovements, listMovements, type MovementView } from '../../watch/alert.contract.ts'
import { AlertActions, AnsweredText } from '../../watch/pages/AlertParts.tsx'
import { ExportWatched } from '../../watch/pages/ExportWatched.tsx'
import { shareTold, sumTold } from '../../watch/pages/limit-terms.ts'
import { useLimitTerms, useMoneyTold } from '../../watch/pages/use-limits.ts'
import { watchText } from '../../watch/pages/watch-text.ts'
import { useAlertDrawers } from './AnswerAlert.tsx'
import './day.css'

type Asked = { cursor?: string; direction?: 'IN' | 'OUT'; open?: 'true' | 'false'; day?: string }

/** Yesterday's large movements: who, how much, to whom, what is left; the first verb is to call. */
export default function LargeMovements() {
  const t = useText(watchText)
  const { today } = useBank()
  const money = useMoneyTold()
  const { language } = money
  const [address, setAddress] = useSearchParams()
  const list = useListState(['direction', 'open', 'day'])
  const asked = list.query as Asked
  const source = useContract(listMovements, { query: { ...asked, limit: 50 } })
  const { open, drawers } = useAlertDrawers()
  const shown = source.data?.day ?? today
  const days = (source.data?.days ?? []).slice(0, 5)
  const first = (row: MovementView) => row.alerts[0]
  const termsOf = useLimitTerms()
  const told = (['CORPORATE', 'PERSON'] as const).flatMap((kind) => {
    const terms = termsOf('LARGE_MOVEMENT', kind, shown)
    return terms?.leastFen == null || terms.share === null ? [] : [t(`limitOf${kind}`, { least: sumTold(terms.leastFen, money), share: shareTold(terms.share) })]
  }).join(mark('，'))
  const day = dateText(shown, 'list', language, today)
  return (
    <Page>
      <PageHeader
        title={t('movements')} sub={told === '' ? t('asOfDay', { day }) : t('asOfDayLimits', { day, limits: told })}
        actions={days.length > 1 && <Segmented aria-label={t('day')} value={shown} options={days.map(({ day, movements }) => ({ value: day, label: `${dateText(day, 'list', language, today)} · ${movements}` }))} onChange={(day) => {
          const next = new URLSearchParams(address)
          next.set('day', day)
          setAddress(next)
        }} />}
      />
      <DataTable<MovementView>
        label={t('movements')} list={list} source={source} rowKey={(row) => row.id} measure="户" measureEn="{n|customer|customers}" rowTo={(row) => `/customers/${row.customerId}?tab=flows`}
        bar={<FilterBar list={list} filters={[
          { name: 'open', label: t('state'), options: [{ value: 'true', label: t('stillOpen') }, { value: 'false', label: t('allAnswered') }] },
          { name: 'direction', label: t('direction'), options: [{ value: 'OUT', label: t('onlyOut') }, { value: 'IN', label: t('onlyIn') }] },
        ]} />}
        tools={<ExportWatched title={t('movements')} fetch={(purpose) => download(exportMovements, { body: { day: shown, purpose, ...(asked.direction === undefined ? {} : { direction: asked.direction }), ...(asked.open === undefined ? {} : { open: asked.open === 'true' }) } })} />}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <span className="yq-row"><Link className="yq-name" to={`/customers/${row.customerId}`}>{row.customerName}</Link>{row.tier === 'T1' && <Tag tone="tier" icon="★">{t('core')}</Tag>}</span> },
          { key: 'out', title: t('out'), kind: 'amount', emptyAt: true, value: (row) => (row.outFen === '0' ? null : row.outFen) },
          { key: 'in', title: t('in'), kind: 'amount', emptyAt: true, value: (row) => (row.inFen === '0' ? null : row.inFen) },
          { key: 'parties', title: t('parties'), emptyAt: (row) => listedParties(row).length === 0, show: (row) => <Parties row={row} /> },
          { key: 'after', title: t('after'), kind: 'amount', value: (row) => row.balanceAfterFen },
          { key: 'share', title: t('share'), right: true, emptyAt: (row) => row.managerSharePct === null, show: (row) => (row.managerSharePct === null ? '--' : `${row.managerSharePct}%`), card: 'none' },
          { key: 'threshold', title: t('threshold'), kind: 'amount', value: (row) => row.thresholdFen, optional: true, card: 'none' },
          { key: 'maturing', title: t('maturing'), right: true, emptyAt: (row) => row.maturing === 0, show: (row) => (row.maturing === 0 ? '--' : <><Amount fen={row.maturingFen} /><div className="yq-small yq-quiet">{t('pieces', { n: row.maturing })}</div></>), card: 'none' },
          { key: 'lastContact', title: t('lastContact'), kind: 'date', emptyAt: true, value: (row) => row.lastContact },
          { key: 'manager', title: t('manager'), show: (row) => row.managerName ?? '--', card: 'none', optional: true },
          { key: 'action', title: t('answered'), card: 'action', show: (row) => {
            const alert = first(row)
            if (!alert) return '--'
            const ref = { id: alert.id, customerId: row.customerId, customerName: row.customerName, kind: alert.kind, reason: null }
            const waits = alert.state === 'OPEN' || alert.state === 'SILENT'
            return (
              <>
                {(!waits || !row.mine || alert.contactedOn !== null || alert.state === 'SILENT') && <AnsweredText {...alert} />}
                {row.mine && <AlertActions name={row.customerName} state={alert.state} kind={alert.kind} onAnswer={() => open('answer', ref)} onSilence={() => open('silence', ref)} />}
              </>
            )
          } },
        ]}
        empty={<EmptyState title={t('noMovements', { day })} />}
      />
      {drawers}
    </Page>
  )
}

const listedParties = (row: MovementView) => row.parties.filter((party) => (party.direction === 'OUT' ? row.listedOut : row.listedIn)).slice(0, 3)

function Parties({ row }: { row: MovementView }) {
  const t = useText(watchText)
  const listed = listedParties(row)
  if (listed.length === 0) return <>--</>
  return (
    <ul className="yq-party-list">
      {listed.map((party, place) => (
        <li key={place} className="yq-small" title={party.bank ?? undefined}>{party.direction === 'IN' ? '← ' : '→ '}{party.name ?? party.memo ?? t('noName')} <Amount fen={party.fen} /></li>
      ))}
    </ul>
  )
}
