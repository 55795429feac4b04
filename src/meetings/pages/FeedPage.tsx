import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useText } from '../../ui/text.ts'
import { CalendarFeed } from './CalendarFeed.tsx'
import { meetingsText } from './meetings-text.ts'

/** Where the bank switches calendar feeds on or off. */
export default function FeedPage() {
  const t = useText(meetingsText)
  return (
    <Page>
      <PageHeader title={t('feed')} />
      <CalendarFeed />
    </Page>
  )
}
