import type { Words } from "../words.ts";

export const errors: Words["errors"] = {
  forTheAuthor: "Dla autora aplikacji:",
  goBackTo: "Wróć do {client}",
  notNowTitle: "Nie teraz",
  notNow: "Serwer nie może w tej chwili odpowiedzieć. Spróbuj ponownie.",
  tooMany: "Zbyt wiele żądań. Spróbuj ponownie później.",
  waitAMoment: "Poczekaj chwilę i spróbuj ponownie.",
  wait: "Odczekaj {time} i spróbuj ponownie.",
  unknownAppTitle: "Ta aplikacja nie jest tu znana",
  unknownApp:
    "Aplikacja nie jest zarejestrowana na tym serwerze lub nie dało się odczytać tego, co o sobie podaje.",
  unknownAppWhatToDo:
    "Wróć do aplikacji i połącz ją na nowo. Jej autor znajdzie powód w zapisie tego serwera.",
  overTitle: "Ta strona jest już nieważna",
  over: "Nic na Ciebie nie czeka w tej przeglądarce.",
  waitedTooLong: "Ta strona czekała zbyt długo.",
  formOver: "Formularz nie należy do tej przeglądarki lub wygasł.",
  overWhatToDo: "Wróć do aplikacji, z której prowadziła droga, i zacznij od nowa.",
  requestTitle: "Na to żądanie nie można odpowiedzieć",
  request: "To, o co poprosiła aplikacja, nie jest zgodne z zasadami tego serwera.",
  requestWhatToDo:
    "Wróć do aplikacji, z której prowadziła droga. Jej autor znajdzie powód w zapisie tego serwera.",
  deviceOver: "Urządzenie już nie czeka.",
  deviceOverWhatToDo: "Zacznij od nowa na urządzeniu: pokaże nowy kod.",
  appRequestTitle: "Na żądanie aplikacji nie można odpowiedzieć",
  appRequestWhatToDo: "Niczego nie przyznano. Możesz zamknąć tę stronę lub wrócić do aplikacji.",
  deniedTitle: "Nie można dać dostępu",
  denied: "Nie można dać tego, o co prosi aplikacja.",
  beyondRole: "Twoje konto nie może zezwolić na to, o co prosi aplikacja.",
  beyondRoleWhatToDo: "Niczego nie przyznano. Poproś o to osoby prowadzące ten serwer lub wróć do aplikacji.",
  notFoundTitle: "Nie ma takiej strony",
  notFound: "Ten adres donikąd na tym serwerze nie prowadzi.",
  notFoundWhatToDo: "Sprawdź adres lub wróć tam, skąd prowadziła droga.",
  reference: "Oznaczenie {id}",
};
