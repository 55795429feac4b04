/**
 * Festivals on which customers are greeted: a day of the solar or of the lunar calendar. Qingming is none: one does not congratulate. `holiday`: one of the public holidays, on which a manager owes the greeting (D-13).
 */
export type Festival = { code: string; zh: string; en: string; month: number; day: number; lunar: boolean; holiday: boolean }

export const festivals: readonly Festival[] = [
  { code: 'NEW_YEAR', zh: '元旦', en: 'New Year', month: 1, day: 1, lunar: false, holiday: true },
  { code: 'SPRING_FESTIVAL', zh: '春节', en: 'Spring Festival', month: 1, day: 1, lunar: true, holiday: true },
  { code: 'LANTERN', zh: '元宵节', en: 'Lantern Festival', month: 1, day: 15, lunar: true, holiday: false },
  { code: 'LABOUR_DAY', zh: '劳动节', en: 'Labour Day', month: 5, day: 1, lunar: false, holiday: true },
  { code: 'DRAGON_BOAT', zh: '端午节', en: 'Dragon Boat Festival', month: 5, day: 5, lunar: true, holiday: true },
  { code: 'MID_AUTUMN', zh: '中秋节', en: 'Mid-Autumn Festival', month: 8, day: 15, lunar: true, holiday: true },
  { code: 'NATIONAL_DAY', zh: '国庆节', en: 'National Day', month: 10, day: 1, lunar: false, holiday: true },
  { code: 'DOUBLE_NINTH', zh: '重阳节', en: 'Double Ninth Festival', month: 9, day: 9, lunar: true, holiday: false },
]
