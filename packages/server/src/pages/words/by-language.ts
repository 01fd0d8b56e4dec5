/** What is made once for each language of the pages: to make a format takes longer than most of a page. */
export function byLanguage<T>(make: (lang: string) => T): (lang: string) => T {
  const made = new Map<string, T>();
  return (lang) => {
    const known = made.get(lang);
    if (known !== undefined) return known;
    const one = make(lang);
    made.set(lang, one);
    return one;
  };
}
