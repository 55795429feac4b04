import dayjs from 'dayjs'
export const contract = dayjs
