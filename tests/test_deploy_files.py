"""The container files name only what is there: they are read here, since they cannot be run here."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
DEPLOYMENT = yaml.safe_load((ROOT / "prefect.yaml").read_text())
INSTRUCTIONS = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENTRYPOINT"}


def test_every_instruction_of_the_dockerfile_is_one():
    whole = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    assert {line.split()[0] for line in whole.splitlines() if line.strip()} == INSTRUCTIONS


def test_everything_the_image_copies_is_in_the_project():
    copied = re.findall(r"^COPY (.+) \S+$", DOCKERFILE, flags=re.MULTILINE)
    sources = " ".join(copied).split()
    assert {"pyproject.toml", "constraints.txt", "flows", "schemas"} <= set(sources)
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_every_service_waits_for_one_that_is_there():
    services = COMPOSE["services"]
    waited_for = {name for service in services.values() for name in service.get("depends_on", ())}
    assert waited_for == {"database", "server", "deploy"} < set(services)


def test_images_are_built_from_the_file_that_is_there():
    builds = [service["build"] for service in COMPOSE["services"].values() if "build" in service]
    assert len(builds) == 3
    for build in builds:
        assert (ROOT / "deploy" / build["context"] / build["dockerfile"]).is_file()


def test_the_worker_serves_the_pool_of_the_deployment():
    pool = DEPLOYMENT["deployments"][0]["work_pool"]["name"]
    services = COMPOSE["services"]
    assert services["worker"]["command"][-1] == pool
    assert f"--overwrite {pool} " in services["deploy"]["command"][0]


def test_the_worker_has_the_folders_of_the_deployment():
    parameters = DEPLOYMENT["deployments"][0]["parameters"]
    inside = [
        volume.split(":")[-1 - volume.endswith(":ro")]
        for volume in COMPOSE["services"]["worker"]["volumes"]
    ]
    assert inside == [f"/opt/jiaokan/{parameters[name]}" for name in ("raw", "clean")]
