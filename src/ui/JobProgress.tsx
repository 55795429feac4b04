import { Button, Progress } from 'antd'
import { separated } from './amount-format.ts'
import { Note } from './Note.tsx'
import { useSettings } from './settings.ts'
import { inLanguage, mark, type Say, useText } from './text.ts'
import { uiText } from './ui-text.ts'

export type JobView = {
  state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'STOPPED'
  /** Chinese, or Chinese and English parted by " / ". */
  stage: string | null
  done: number | null
  total: number | null
  startedAt: string | null
  beatAt?: string | null
  message?: string | null
}

/** Long work: progress, rate, rest, stop. It goes on without the page. */
export function JobProgress({ job, title, onStop, perRow = true }: { job: JobView; title: string; onStop?: () => void; perRow?: boolean }) {
  const t = useText(uiText)
  const { language } = useSettings()
  if (job.state === 'FAILED') return <Note tone="error">{`${title}${mark('：')}${t('jobFailed')}${job.message ? ` · ${job.message}` : ''}`}</Note>
  if (job.state === 'STOPPED') return <Note tone="warning">{`${title}${mark('：')}${t('jobStopped')}`}</Note>
  if (job.state === 'DONE') return <Note tone="success">{`${title}${mark('：')}${t('jobDone')}`}</Note>
  const percent = job.total !== null && job.total > 0 && job.done !== null ? Math.min(100, Math.floor((job.done / job.total) * 100)) : null
  const seconds = job.startedAt === null ? 0 : (Date.parse(job.beatAt ?? new Date().toISOString()) - Date.parse(job.startedAt)) / 1000
  const rate = seconds > 0.5 && job.done ? job.done / seconds : null
  const rest = rate !== null && job.total !== null && job.done !== null ? (job.total - job.done) / rate : null
  const told = [
    inLanguage(job.stage, language),
    job.done !== null && job.total !== null ? `${separated(String(job.done))} / ${separated(String(job.total))}` : null,
    rate !== null && rate >= 1 && perRow ? t('jobRate', { n: separated(String(Math.round(rate))) }) : null,
    rest !== null ? t('jobRest', { time: durationText(rest, t) }) : null,
  ].filter(Boolean).join(' · ')
  return (
    <div className="yq-job" role="status" aria-live="polite">
      <div className="yq-row" data-between="">
        <strong>{title}</strong>
        {onStop && <Button size="small" onClick={onStop}>{t('stop')}</Button>}
      </div>
      <Progress percent={percent ?? 0} status={percent === null ? 'active' : 'normal'} showInfo={percent !== null} aria-label={title} />
      <div className="yq-small yq-quiet">{told}{told !== '' && ' · '}{t('jobMayLeave')}</div>
    </div>
  )
}

function durationText(seconds: number, t: Say<typeof uiText>): string {
  return seconds < 90 ? t('seconds', { n: Math.max(1, Math.round(seconds)) }) : t('minutes', { n: Math.round(seconds / 60) })
}
