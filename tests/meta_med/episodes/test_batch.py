"""Records and batches as they are handed to learners."""

import torch

from meta_med.episodes.batch import EpisodeBatch, EpisodeSource, Records
from meta_med.episodes.contexts import ContextSize
from meta_med.episodes.patient_episodes import PatientEpisodes
from tests import scenario


def test_cleaning_zeroes_what_a_mask_hides_and_nothing_else() -> None:
    records = scenario.random_batch(0).support
    clean = records.clean()
    seen = records.x_observed & records.present.unsqueeze(-1)
    assert torch.equal(clean.x[seen], records.x[seen])
    assert bool((clean.x[~seen] == 0).all())
    assert bool((clean.y[~clean.y_observed] == 0).all())
    assert not bool((clean.y_observed & ~records.present.unsqueeze(-1)).any())


def test_cleaning_works_on_images_as_well() -> None:
    x = torch.full((2, 3, 1, 4, 4), torch.nan)
    present = torch.tensor([[True, True, False]] * 2)
    seen = present.reshape(2, 3, 1, 1, 1).expand_as(x)
    y = torch.zeros(2, 3, 1)
    records = Records(torch.where(seen, 1.0, x), seen, torch.zeros(2, 3), y, y == 0, present)
    assert bool(torch.isfinite(records.clean().x).all())


def test_a_batch_moves_to_another_dtype_but_for_masks_and_indices() -> None:
    batch = scenario.random_batch(0).to(dtype=torch.float32)
    assert batch.support.x.dtype == batch.query.time.dtype == torch.float32
    assert batch.support.present.dtype == torch.bool
    assert batch.cohort.dtype == torch.long


def test_empty_records_have_no_record_but_every_shape() -> None:
    support = scenario.random_batch(0).support
    empty = Records.empty(7, support)
    assert len(empty) == 7
    assert empty.x.shape == (7, 0, 3)
    assert empty.y_observed.shape == (7, 0, len(scenario.MIXED))
    assert empty.present.dtype == torch.bool


def test_patient_episodes_are_an_episode_source() -> None:
    ready = scenario.prepared()
    source = PatientEpisodes(
        ready.records, ready.splits.subjects("train"), batch=4, context=ContextSize(2, 1), support=3, query=1
    )
    assert isinstance(source, EpisodeSource)
    assert isinstance(source.sample(2, torch.Generator().manual_seed(0)), EpisodeBatch)
