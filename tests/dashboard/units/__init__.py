"""Units of an outcome: conversion, and the pages that follow a choice."""
