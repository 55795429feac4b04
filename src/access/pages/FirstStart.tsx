import { useEffect } from 'react'
import { Navigate } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { ProcessSteps, type ProcessStep } from '../../ui/ProcessSteps.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useText } from '../../ui/text.ts'
import { getStart } from '../start.contract.ts'
import { DoorFrame } from './DoorFrame.tsx'
import { signInText } from './sign-in-text.ts'

/** While the demo bank is made: its progress; without a bank: what to do, in order. Leads to sign-in as soon as there is somebody to sign in as. */
export default function FirstStart() {
  const t = useText(signInText)
  const { language } = useSettings()
  const { data, error, refetch } = useContract(getStart, {}, { stay: true, refetchEvery: 1_000 })
  useEffect(() => {
    document.title = `${t('startTitle')} · ${t('product')}`
  }, [t])
  if (data?.ready && (!data.bank?.demo || data.logIns.length > 0)) return <Navigate to="/sign-in" replace />
  if (data?.setUp && data.work === null) return <Navigate to="/begin" replace />
  const making = data !== undefined && (data.work !== null || data.bank !== null)
  const steps: ProcessStep[] = [
    { key: 'database', name: t('database'), state: 'done' },
    { key: 'tables', name: t('tables'), state: 'done' },
    { key: 'bank', name: t('bank'), state: data?.ready ? 'done' : 'now' },
    { key: 'data', name: t('data'), state: data?.ready ? 'now' : 'future' },
  ]
  return (
    <DoorFrame bankName={(language === 'en' ? data?.bank?.nameEn : data?.bank?.name) ?? ''}>
      <div className="yq-door-form">
        {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton /> : making ? (
          <>
            <h1>{t('preparing')}</h1>
            <ProcessSteps steps={steps} label={t('preparing')} />
            {data.work && <JobProgress job={data.work} title={t('waiting')} perRow={false} />}
          </>
        ) : (
          <>
            <h1>{t('noBank')}</h1>
            <p>{t('noBankHint')}</p>
            <ol className="yq-door-steps">
              <li>{t('stepCheck')}<br /><code>npx yinqiao doctor</code></li>
              <li>{t('stepBank')}<br /><code>npx yinqiao feed load DIR --profile NAME</code></li>
              <li>{t('stepDemo')}<br /><code>npx yinqiao demo</code></li>
            </ol>
          </>
        )}
      </div>
    </DoorFrame>
  )
}
