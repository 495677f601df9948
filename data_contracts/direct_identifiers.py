"""Names of columns that tell who somebody is: a name, an address, a number of the authorities."""

import re

_NAMES = frozenset(
    """
    name fullname firstname lastname middlename maidenname birthname surname forename givenname familyname
    initials nickname nameofpatient nextofkin emergencycontact guardian mothername fathername mothersmaidenname
    mrn medicalrecordnumber medicalrecordno hospitalnumber hospitalno chartnumber
    ssn socialsecuritynumber socialsecurityno socialsecurity nationalid nationalidnumber nationalinsurancenumber
    nino nir nhsnumber nhsno nhs chinumber hcn healthcardnumber healthinsurancenumber insurancenumber insuranceno
    insuranceid policynumber beneficiarynumber medicarenumber medicaidnumber taxid taxnumber
    passport passportnumber passportno licensenumber licencenumber drivinglicence driverslicense driverlicense
    accountnumber iban creditcard creditcardnumber
    email mail emailaddress mailaddress phone phonenumber phoneno telephone telephonenumber tel mobile mobilephone
    mobilenumber cellphone cellnumber fax faxnumber homephone workphone contactnumber
    address addr homeaddress streetaddress postaladdress mailingaddress address1 address2 addressline addressline1
    addressline2 street streetname housenumber zip zipcode postcode postalcode
    ipaddress macaddress deviceserialnumber vehicleid licenseplate numberplate
    photo photograph facephoto fingerprint voiceprint url homepage website latitude longitude gpscoordinates
    nachname vorname zuname geburtsname strasse hausnummer plz postleitzahl telefon telefonnummer handynummer
    versichertennummer versicherungsnummer krankenversicherungsnummer sozialversicherungsnummer
    prenom nomdefamille nomdenaissance adresse codepostal numerodesecuritesociale courriel
    apellido apellidos nombre nombrecompleto direccion codigopostal telefono
    cognome codicefiscale indirizzo achternaam voornaam geboortenaam adres burgerservicenummer bsn
    """.split()  # noqa: SIM905 - words read better without a hundred pairs of quotes
)
_OF_WHOM = re.compile(
    r"^(?:the)?(?:patients?|pats?|pt|persons?|subjects?|participants?|clients?|members?)(?:s)?"
)


def identifies_people(name: str) -> bool:
    """Whether a column of this name should never be delivered, however the name is spelled."""
    squeezed = re.sub(r"[\W_]+", "", name.casefold())
    return squeezed in _NAMES or _OF_WHOM.sub("", squeezed, count=1) in _NAMES
