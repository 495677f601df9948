"""The elements of FHIR R4 resources that are read, as Arrow schemas; other elements are ignored.

Resource types: hl7.org/fhir/R4/resourcelist.html.
"""

from functools import cache
from typing import Any

EVENTS = ("Observation", "Condition", "MedicationRequest", "Procedure")
PATIENT, ENCOUNTER = "Patient", "Encounter"

VALID_STATUSES = {
    "Observation": ("final", "amended", "corrected"),
    "MedicationRequest": ("active", "on-hold", "completed", "stopped", "unknown"),
    "Procedure": ("in-progress", "completed", "stopped", "on-hold"),
    "Encounter": (
        *("arrived", "triaged", "in-progress", "onleave", "finished", "unknown"),
        # codes of R5
        *("on-hold", "discharged", "completed"),
    ),
}
"""Resource type -> valid statuses; the others are entered in error, cancelled, planned or preliminary."""
ERROR = "entered-in-error"
"""The status, or verification status, of a resource entered in error."""
INVALID_VERIFICATION = (ERROR, "refuted")
"""Verification statuses of a condition that the patient does not have."""


@cache
def schema(resource: str) -> Any:
    """The Arrow schema of a resource type; for a type that is not read, `resourceType` only."""
    import pyarrow as pa

    if resource not in _SHAPES:
        return pa.schema([("resourceType", pa.string())])
    return pa.schema([("resourceType", pa.string()), ("id", pa.string()), *_meta(), *_SHAPES[resource]()])


def _text(*names: str) -> list[tuple[str, Any]]:
    import pyarrow as pa

    return [(name, pa.string()) for name in names]


def _coding() -> Any:
    import pyarrow as pa

    return pa.struct(_text("system", "code"))


def _concept() -> Any:
    import pyarrow as pa

    return pa.struct([("coding", pa.list_(_coding()))])


def _reason() -> Any:
    """A concept, with coding or text, of which only the presence is used."""
    import pyarrow as pa

    return pa.struct([("coding", pa.list_(_coding())), *_text("text")])


def _struct(*names: str) -> Any:
    import pyarrow as pa

    return pa.struct(_text(*names))


def _quantity() -> Any:
    import pyarrow as pa

    return pa.struct([("value", pa.float64()), *_text("comparator", "unit", "code")])


def _meta() -> list[tuple[str, Any]]:
    return [("meta", _struct("lastUpdated", "versionId"))]


def _links() -> list[tuple[str, Any]]:
    return [("subject", _struct("reference")), ("encounter", _struct("reference"))]


def _values() -> list[tuple[str, Any]]:
    import pyarrow as pa

    return [
        ("code", _concept()),
        ("valueQuantity", _quantity()),
        ("valueInteger", pa.float64()),
        ("valueCodeableConcept", _concept()),
        ("valueString", pa.string()),
        ("dataAbsentReason", _reason()),
    ]


def _observation() -> list[tuple[str, Any]]:
    import pyarrow as pa

    times = [
        *_text("status", "effectiveDateTime", "effectiveInstant", "issued"),
        ("effectivePeriod", _struct("start", "end")),
    ]
    return [*times, *_links(), *_values(), ("component", pa.list_(pa.struct(_values())))]


def _condition() -> list[tuple[str, Any]]:
    times = [*_text("recordedDate", "onsetDateTime"), ("onsetPeriod", _struct("start"))]
    return [("verificationStatus", _concept()), ("code", _concept()), *times, *_links()]


def _medication_request() -> list[tuple[str, Any]]:
    import pyarrow as pa

    fields = [*_text("status", "authoredOn"), ("doNotPerform", pa.bool_())]
    return [*fields, ("medicationCodeableConcept", _concept()), *_links()]


def _procedure() -> list[tuple[str, Any]]:
    times = [*_text("status", "performedDateTime"), ("performedPeriod", _struct("start", "end"))]
    return [*times, ("code", _concept()), *_links()]


def _patient() -> list[tuple[str, Any]]:
    import pyarrow as pa

    inner = pa.struct([*_text("url", "valueCode", "valueString"), ("valueCoding", _coding())])
    outer = pa.struct([*_text("url", "valueCode"), ("extension", pa.list_(inner))])
    return [
        *_text("gender", "birthDate"),
        ("_birthDate", pa.struct([("extension", pa.list_(_struct("url", "valueDateTime")))])),
        ("link", pa.list_(pa.struct([("other", _struct("reference")), *_text("type")]))),
        ("identifier", pa.list_(_struct("system", "value"))),
        ("maritalStatus", _concept()),
        ("managingOrganization", _struct("reference")),
        ("extension", pa.list_(outer)),
    ]


def _encounter() -> list[tuple[str, Any]]:
    import pyarrow as pa

    return [
        *_text("status"),
        ("class", _coding()),
        ("type", pa.list_(_concept())),
        ("subject", _struct("reference")),
        ("period", _struct("start", "end")),
        # the name in R5
        ("actualPeriod", _struct("start", "end")),
        ("serviceProvider", _struct("reference")),
    ]


_SHAPES = {
    "Observation": _observation,
    "Condition": _condition,
    "MedicationRequest": _medication_request,
    "Procedure": _procedure,
    PATIENT: _patient,
    ENCOUNTER: _encounter,
}


_NAMES = """
    Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic Binary
    BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
    ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest
    CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
    CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement
    DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest
    EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
    FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization
    ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List
    Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge
    MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization
    MedicinalProductContraindication MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction
    MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical
    MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder
    Observation ObservationDefinition OperationDefinition OperationOutcome Organization OrganizationAffiliation
    Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner PractitionerRole
    Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RequestGroup ResearchDefinition
    ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule
    SearchParameter ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition StructureMap Subscription
    Substance SubstanceNucleicAcid SubstancePolymer SubstanceProtein SubstanceReferenceInformation
    SubstanceSourceMaterial SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities
    TestReport TestScript ValueSet VerificationResult VisionPrescription
    """
_TYPES = frozenset(_NAMES.split())
ANOTHER = "another type"


def type_label(kind: str) -> str:
    """The type if FHIR defines it, else "another type": a misplaced value may hold anything."""
    return kind if kind in _TYPES else ANOTHER
