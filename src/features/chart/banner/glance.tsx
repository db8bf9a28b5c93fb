import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useEffect } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { patientQuery } from '#data/queries.ts';
import type { Stored } from '#fhir/types.ts';
import { ErrorBoundary } from '#ui/errors/error-boundary.tsx';
import { AllergiesAwaited } from '../allergy/allergy-line.tsx';
import { BannerFace } from './banner.tsx';
import { bannerModel } from './banner-model.ts';
import styles from '../layout/chart-layout.module.css';

/**
 * Who was chosen, over the list and within the frame of the click: to change pages takes a few
 * frames more. Looks as the chart will.
 *
 * @param props.then called once it is on screen
 */
export function Glance({ patient, then }: { patient: Stored<Patient>; then: () => void }) {
  useEffect(() => {
    let task: ReturnType<typeof setTimeout> | undefined;
    // A task after the frame is the first that does not hold it up.
    const frame = requestAnimationFrame(() => {
      task = setTimeout(then);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(task);
    };
  }, [then]);
  return (
    // What cannot be drawn is the chart's to say.
    <ErrorBoundary renderError={() => undefined}>
      <Face patient={patient} />
    </ErrorBoundary>
  );
}

function Face({ patient }: { patient: Stored<Patient> }) {
  const fhir = useFhir();
  const cache = useQueryClient();
  const { patient: launched, needPatientBanner } = fhir.session.context;
  if (!needPatientBanner && launched === patient.id) return null;
  const { queryKey } = patientQuery(fhir, patient.id);
  const known = cache.getQueryData(queryKey)?.resource ?? patient;
  return (
    <div className={styles.glance}>
      <BannerFace
        model={bannerModel(known, fhir.client.baseUrl)}
        settled={false}
        allergies={<AllergiesAwaited />}
      />
    </div>
  );
}
