import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'
import { readSetUp } from '../../reports/set-up.contract.ts'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { ProcessSteps, type ProcessStep } from '../../ui/ProcessSteps.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useMay } from '../../ui/who.ts'
import { setUpText } from './set-up-text.ts'

type Step = { key: string; name: string; done: boolean; note: string; what: ReactNode; action: string; to: string }

/** What a new bank still lacks, in order, until nothing is left; whoever only comes home to a bank in use goes on to the organisation. */
export default function SetUp() {
  const t = useText(setUpText)
  const { language } = useSettings()
  const may = useMay()
  const navigate = useNavigate()
  const cameHome = (useLocation().state as { home?: boolean } | null)?.home === true
  const { data, error, refetch } = useContract(readSetUp, {}, { refetchEvery: 10_000 })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  const left = Object.values(data.done).filter((done) => !done).length
  if (left === 0 && cameHome) return <Navigate to="/organisation" replace />
  const steps: Step[] = [
    { key: 'organisation', name: t('organisation'), done: data.done.organisation, note: t('organisationNote', { units: data.units, outlets: data.outlets }), what: t('organisationWhat'), action: t('organisationDo'), to: '/organisation' },
    { key: 'people', name: t('people'), done: data.done.people, note: t('peopleNote', { people: data.people, managers: data.managers }), what: t('peopleWhat'), action: t('peopleDo'), to: '/organisation' },
    {
      key: 'delivery', name: t('delivery'), done: data.done.delivery,
      note: data.lastDelivery === null ? t('deliveryNone') : t('deliveryNote', { n: data.deliveries, date: data.lastDelivery }),
      what: <>{t('deliveryWhat')}<code>npx yinqiao feed load DIR --profile yinqiao</code></>,
      action: t('deliveryDo'), to: '/deliveries',
    },
  ]
  const present = steps.find((step) => !step.done)?.key
  const drawn: ProcessStep[] = [
    { key: 'administrator', name: t('administrator'), state: 'done', note: t('administratorNote', { n: data.administrators }) },
    ...steps.map((step): ProcessStep => ({ key: step.key, name: step.name, state: step.done ? 'done' : step.key === present ? 'now' : 'future', note: step.note })),
  ]
  return (
    <Page>
      <PageHeader
        title={t('title')} tags={left === 0 ? <Tag tone="success" icon="√">{t('ready')}</Tag> : <Tag tone="warning" icon="■">{t('left', { n: left })}</Tag>}
        sub={t('sub', { name: language === 'en' ? data.bankNameEn : data.bankName, code: data.bankCode, date: data.businessDate })}
      />
      <ProcessSteps steps={drawn} label={t('steps')} />
      {data.administrators === 1 && <Note>{t('oneOnly')}</Note>}
      {steps.map((step) => (
        <Block key={step.key} title={step.name} actions={<StepAction step={step} present={step.key === present} visible={step.key !== 'delivery' || may('delivery.read')} go={(to) => void navigate(to)} />}>
          <p>{step.done ? <Tag tone="success" icon="√">{t('done')}</Tag> : <Tag>{t('open')}</Tag>} {step.note}</p>
          {step.key === 'delivery' && data.refusedDeliveries > 0 && <p><Link to="/deliveries">{t('deliveryRefused', { n: data.refusedDeliveries })}</Link></p>}
          {!step.done && <p className="yq-quiet">{step.what}</p>}
        </Block>
      ))}
    </Page>
  )
}

// the present step has the page's one primary button
function StepAction({ step, present, visible, go }: { step: Step; present: boolean; visible: boolean; go: (to: string) => void }) {
  return visible ? <Button type={present ? 'primary' : 'default'} onClick={() => go(step.to)}>{step.action}</Button> : null
}
